// What the player can see of the world: pieces by id, kept exactly as the server tells it.

import { FIRST_NPC_ID } from './codec.js';

export class World {
  constructor() {
    this.clear();
  }

  clear() {
    this.pieces = new Map();
    this.ownId = null;
    this.width = 8;
    this.height = 8;
    this.viewRadius = 65535;
  }

  get own() {
    return this.pieces.get(this.ownId);
  }

  /** Applies one frame; returns the piece it was about, if any. */
  apply(message, ownName) {
    switch (message.type) {
      case 'welcome':
        this.clear();
        Object.assign(this, { width: message.width, height: message.height });
        this.viewRadius = message.viewRadius;
        this.ownId = message.id;
        return this.add(message.id, ownName, 0, message.x, message.y);
      case 'enter':
        return this.add(message.id, message.name, message.kind, message.x, message.y);
      case 'moved': {
        const piece = this.pieces.get(message.id);
        if (piece) {
          piece.x = message.x;
          piece.y = message.y;
        }
        return piece;
      }
      case 'left': {
        const piece = this.pieces.get(message.id);
        this.pieces.delete(message.id);
        return piece;
      }
      default:
        return undefined;
    }
  }

  add(id, name, kind, x, y) {
    const npc = kind === 1 || id >= FIRST_NPC_ID;
    const piece = { id, name, npc, x, y, shownX: x, shownY: y, bornAt: performance.now() };
    this.pieces.set(id, piece);
    return piece;
  }
}

/** A hue for each id; neighbours differ most, by the golden angle. */
export const hue = (id) => Math.round((id * 137.508 + 20) % 360);
