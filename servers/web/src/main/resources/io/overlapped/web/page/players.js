// The table of pieces: for everybody to read, and the board in words for a screen reader.

import { hue } from './world.js';
import { text } from './texts.js';

export class Players {
  constructor() {
    this.body = document.querySelector('#pieces tbody');
    this.count = document.getElementById('count');
    this.rows = new Map();
  }

  /** Makes the table agree with the pieces; touches only the rows that changed. */
  show(world) {
    for (const [id, row] of this.rows) {
      if (!world.pieces.has(id)) {
        row.remove();
        this.rows.delete(id);
      }
    }
    for (const piece of world.pieces.values()) {
      const row = this.rows.get(piece.id) ?? this.add(piece, piece === world.own);
      if (row.dataset.x !== String(piece.x) || row.dataset.y !== String(piece.y)) {
        row.dataset.x = piece.x;
        row.dataset.y = piece.y;
        row.lastElementChild.textContent = `${piece.x}, ${piece.y}`;
      }
    }
    this.count.textContent = [...world.pieces.values()].filter((piece) => !piece.npc).length;
  }

  clear() {
    this.body.replaceChildren();
    this.rows.clear();
    this.count.textContent = '';
  }

  add(piece, own) {
    const row = document.createElement('tr');
    row.dataset.id = piece.id;
    row.dataset.name = piece.name;
    row.dataset.kind = own ? 'own' : piece.npc ? 'npc' : 'player';
    const name = document.createElement('th');
    name.scope = 'row';
    const swatch = document.createElement('i');
    swatch.style.setProperty('--hue', hue(piece.id));
    const label = document.createElement('span');
    label.textContent = piece.name;
    name.append(swatch, label);
    if (own || piece.npc) {
      const tag = document.createElement('em');
      tag.textContent = text(own ? 'you' : 'npc');
      name.append(tag);
    }
    row.append(name, document.createElement('td'));
    this.rows.set(piece.id, row);
    // Oneself first, then people, then NPCs.
    const before = own
      ? this.body.firstChild
      : piece.npc
        ? null
        : this.body.querySelector('[data-kind="npc"]');
    this.body.insertBefore(row, before);
    return row;
  }
}
