// The canvas: draws what can be seen, and turns keys and taps into moves.

import { Direction } from './codec.js';
import { hue } from './world.js';
import { drawPiece } from './shapes.js';
import { text } from './texts.js';

/** A larger world is shown through a window of at most this many cells that follows the player. */
const WINDOW_CELLS_MAX = 25;
const PIECE_SIZE = 1.15;
const GLIDE_MILLIS = 110;
const APPEAR_MILLIS = 220;
const REPEAT_MILLIS = 120;

const KEYS = {
  ArrowUp: Direction.UP,
  ArrowDown: Direction.DOWN,
  ArrowLeft: Direction.LEFT,
  ArrowRight: Direction.RIGHT,
  KeyW: Direction.UP,
  KeyS: Direction.DOWN,
  KeyA: Direction.LEFT,
  KeyD: Direction.RIGHT,
};

const still = matchMedia('(prefers-reduced-motion: reduce)');

export class Board {
  /** `onMove` is called with a direction when the player wants to go there. */
  constructor(world, onMove) {
    this.world = world;
    this.onMove = onMove;
    this.canvas = document.getElementById('board');
    this.context = this.canvas.getContext('2d');
    this.hover = null;
    this.held = null;
    this.readColours();
    new ResizeObserver(() => this.resize()).observe(document.getElementById('board-frame'));
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => {
      this.readColours();
      this.redraw();
    });
    this.listen();
  }

  listen() {
    const canvas = this.canvas;
    document.addEventListener('keydown', (event) => this.keyDown(event));
    document.addEventListener('keyup', (event) => this.keyUp(event));
    window.addEventListener('blur', () => this.release());
    canvas.addEventListener('pointerdown', (event) => {
      canvas.focus({ preventScroll: true });
      this.tap(this.cellAt(event));
      event.preventDefault();
    });
    canvas.addEventListener('pointermove', (event) => {
      this.hover = event.pointerType === 'mouse' ? this.cellAt(event) : null;
      this.redraw();
    });
    canvas.addEventListener('pointerleave', () => {
      this.hover = null;
      this.redraw();
    });
    for (const button of document.querySelectorAll('[data-move]')) {
      button.addEventListener('click', () => this.onMove(Number(button.dataset.move)));
    }
  }

  /** The world has changed. */
  update() {
    const { own, pieces } = this.world;
    this.canvas.setAttribute('aria-label', text('boardLabel', own, pieces.size));
    if (own) {
      this.canvas.dataset.x = own.x;
      this.canvas.dataset.y = own.y;
    }
    this.redraw();
  }

  keyDown(event) {
    const typing = event.target.closest?.('input, button, select, textarea');
    const direction = KEYS[event.code];
    if (direction === undefined || typing || event.ctrlKey || event.altKey || event.metaKey) {
      return;
    }
    if (document.getElementById('game-view').hidden) {
      return;
    }
    event.preventDefault();
    if (!event.repeat) {
      this.release();
      this.onMove(direction);
      this.held = event.code;
      this.repeating = setInterval(() => this.onMove(direction), REPEAT_MILLIS);
    }
  }

  keyUp(event) {
    if (event.code === this.held) {
      this.release();
    }
  }

  release() {
    clearInterval(this.repeating);
    this.held = null;
  }

  /** One step towards the cell. */
  tap(cell) {
    const { own } = this.world;
    if (!own) {
      return;
    }
    const dx = cell.x - own.x;
    const dy = cell.y - own.y;
    if (dx === 0 && dy === 0) {
      return;
    }
    if (Math.abs(dx) > Math.abs(dy)) {
      this.onMove(dx < 0 ? Direction.LEFT : Direction.RIGHT);
    } else {
      this.onMove(dy < 0 ? Direction.UP : Direction.DOWN);
    }
  }

  cellAt(event) {
    const box = this.canvas.getBoundingClientRect();
    const { left, top } = this.view;
    return {
      x: Math.floor(left + ((event.clientX - box.left) / box.width) * this.view.cells),
      y: Math.floor(top + ((event.clientY - box.top) / box.height) * this.view.cells),
    };
  }

  /** The part of the world that is shown: its left and top edge and its width in cells. */
  get view() {
    const { width, height, viewRadius, own } = this.world;
    const cells = Math.min(Math.max(width, height), 2 * viewRadius + 1, WINDOW_CELLS_MAX);
    const edge = (at, size) =>
      size <= cells ? (size - cells) / 2 : Math.min(Math.max(at + 0.5 - cells / 2, 0), size - cells);
    return {
      cells,
      left: edge(own ? own.shownX : 0, width),
      top: edge(own ? own.shownY : 0, height),
    };
  }

  resize() {
    const side = Math.round(this.canvas.clientWidth * (window.devicePixelRatio || 1));
    if (side > 0 && side !== this.canvas.width) {
      this.canvas.width = side;
      this.canvas.height = side;
      this.draw(performance.now());
    }
  }

  readColours() {
    const style = getComputedStyle(document.documentElement);
    const names = ['light', 'dark', 'edge', 'ring', 'crown', 'outline', 'shadow', 'label', 'halo'];
    this.colours = Object.fromEntries(
      names.map((name) => [name, style.getPropertyValue(`--board-${name}`).trim()])
    );
    this.pieceLightness = style.getPropertyValue('--piece-lightness').trim();
  }

  redraw() {
    if (!this.asked) {
      this.asked = requestAnimationFrame((now) => {
        this.asked = 0;
        if (this.glide(now)) {
          this.redraw();
        }
        this.draw(now);
      });
    }
  }

  /** Brings what is shown nearer to what is true; whether there is more to do. */
  glide(now) {
    const step = still.matches ? 1 : Math.min(1, (now - (this.glidedAt ?? now) + 1) / GLIDE_MILLIS);
    let more = false;
    for (const piece of this.world.pieces.values()) {
      for (const [shown, real] of [
        ['shownX', 'x'],
        ['shownY', 'y'],
      ]) {
        const left = piece[real] - piece[shown];
        if (left !== 0) {
          // A piece that has fallen far behind runs faster; one that is near goes evenly.
          const pace = step * Math.max(1, Math.abs(left));
          piece[shown] = Math.abs(left) <= pace ? piece[real] : piece[shown] + Math.sign(left) * pace;
          more = more || piece[shown] !== piece[real];
        }
      }
      more = more || (!still.matches && now - piece.bornAt < APPEAR_MILLIS);
    }
    this.glidedAt = more ? now : undefined;
    return more;
  }

  draw(now) {
    const { canvas, context } = this;
    const view = this.view;
    const unit = canvas.width / view.cells;
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, canvas.width, canvas.height);
    context.setTransform(unit, 0, 0, unit, -view.left * unit, -view.top * unit);
    this.drawCells(view);
    const placed = this.places();
    for (const { piece, x, y, scale } of placed) {
      this.drawOne(piece, x, y, scale, now);
    }
    for (const { piece, x, y, scale } of placed) {
      this.drawLabel(piece, x, y, scale, unit, view);
    }
  }

  drawCells({ left, top, cells }) {
    const { context, colours, world, hover } = this;
    const { own } = world;
    const fromX = Math.max(0, Math.floor(left));
    const fromY = Math.max(0, Math.floor(top));
    const toX = Math.min(world.width, Math.ceil(left + cells));
    const toY = Math.min(world.height, Math.ceil(top + cells));
    for (let y = fromY; y < toY; y++) {
      for (let x = fromX; x < toX; x++) {
        context.fillStyle = (x + y) % 2 === 0 ? colours.light : colours.dark;
        context.fillRect(x, y, 1.01, 1.01);
        const beside = own && Math.abs(x - own.x) + Math.abs(y - own.y) === 1;
        if (beside) {
          const over = hover && hover.x === x && hover.y === y;
          context.fillStyle = colours.ring;
          context.globalAlpha = over ? 0.45 : 0.7;
          context.beginPath();
          if (over) {
            context.rect(x, y, 1, 1);
          } else {
            context.arc(x + 0.5, y + 0.5, 0.06, 0, 2 * Math.PI);
          }
          context.fill();
          context.globalAlpha = 1;
        }
      }
    }
    if (own) {
      context.fillStyle = colours.ring;
      context.globalAlpha = 0.35;
      context.fillRect(own.shownX, own.shownY, 1, 1);
      context.globalAlpha = 1;
      context.strokeStyle = colours.ring;
      context.lineWidth = 0.06;
      context.strokeRect(own.shownX + 0.03, own.shownY + 0.03, 0.94, 0.94);
    }
  }

  /** Where each piece is drawn: those that share a cell stand in a circle; one's own comes last. */
  places() {
    const { world } = this;
    const cells = new Map();
    for (const piece of world.pieces.values()) {
      const key = `${piece.x},${piece.y}`;
      cells.set(key, [...(cells.get(key) ?? []), piece]);
    }
    const placed = [];
    for (const group of cells.values()) {
      const scale = group.length === 1 ? 1 : group.length === 2 ? 0.72 : 0.58;
      group.forEach((piece, i) => {
        const angle = (2 * Math.PI * i) / group.length + Math.PI;
        const away = group.length === 1 ? 0 : 0.22;
        placed.push({
          piece,
          scale,
          x: piece.shownX + 0.5 + away * Math.cos(angle),
          y: piece.shownY + 0.5 + away * Math.sin(angle) * 0.9,
        });
      });
    }
    const rank = (place) => (place.piece === world.own ? 1000 : 0) + place.y;
    return placed.sort((a, b) => rank(a) - rank(b));
  }

  drawOne(piece, x, y, scale, now) {
    const { context, colours, world } = this;
    const age = still.matches ? 1 : Math.min(1, Math.max(0, (now - piece.bornAt) / APPEAR_MILLIS));
    const size = PIECE_SIZE * scale * (0.6 + 0.4 * age);
    context.save();
    context.translate(x, y - 0.03);
    context.scale(size, size);
    context.globalAlpha = Math.max(0.15, age);
    const fill = piece.npc
      ? `hsl(${hue(piece.id)} 12% 62%)`
      : `hsl(${hue(piece.id)} 62% ${this.pieceLightness})`;
    drawPiece(context, { own: piece === world.own, npc: piece.npc }, fill, colours);
    context.restore();
  }

  drawLabel(piece, x, y, scale, unit, view) {
    const pixels = Math.max(10 * (window.devicePixelRatio || 1), unit * 0.155);
    if (unit < 3 * pixels) {
      return;
    }
    const { context, colours } = this;
    context.save();
    context.setTransform(1, 0, 0, 1, (x - view.left) * unit, (y - view.top) * unit);
    context.font = `600 ${pixels}px system-ui, sans-serif`;
    context.textAlign = 'center';
    context.textBaseline = 'middle';
    const label = shortened(context, piece.name, unit * (scale < 1 ? 0.52 : 1.25));
    const half = context.measureText(label).width / 2;
    const at = (x - view.left) * unit;
    const shift = Math.max(half + 3 - at, 0) - Math.max(at + half + 3 - this.canvas.width, 0);
    context.lineJoin = 'round';
    context.lineWidth = pixels * 0.3;
    context.strokeStyle = colours.halo;
    context.strokeText(label, shift, unit * 0.42 * Math.max(scale, 0.8));
    context.fillStyle = colours.label;
    context.fillText(label, shift, unit * 0.42 * Math.max(scale, 0.8));
    context.restore();
  }
}

function shortened(context, name, width) {
  if (context.measureText(name).width <= width) {
    return name;
  }
  const points = [...name];
  while (points.length > 1 && context.measureText(`${points.join('')}…`).width > width) {
    points.pop();
  }
  return `${points.join('')}…`;
}
