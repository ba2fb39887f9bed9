// The native frames of the world and the chat (docs/protocols.md, parts 5 to 7): bytes to objects
// and back. Little-endian; one WebSocket message is one frame, its two length bytes included.

export const VERSION = 1;
export const NAME_BYTES_MAX = 60;
export const NAME_CODE_POINTS_MAX = 32;
export const TEXT_BYTES_MAX = 4000;
export const FIRST_NPC_ID = 10000;

export const Direction = { UP: 0, DOWN: 1, LEFT: 2, RIGHT: 3 };

const HEADER_BYTES = 3;
const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true });

export const utf8 = (text) => encoder.encode(text);

function frame(type, bodyBytes, fill) {
  const bytes = new Uint8Array(HEADER_BYTES + bodyBytes);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, 1 + bodyBytes, true);
  view.setUint8(2, type);
  fill(view, bytes, HEADER_BYTES);
  return bytes;
}

export function hello(name) {
  const text = utf8(name);
  return frame(1, 3 + text.length, (view, bytes, at) => {
    view.setUint16(at, VERSION, true);
    view.setUint8(at + 2, text.length);
    bytes.set(text, at + 3);
  });
}

export function move(direction, moveTime) {
  return frame(2, 5, (view, _bytes, at) => {
    view.setUint8(at, direction);
    view.setUint32(at + 1, moveTime, true);
  });
}

export function say(message) {
  const text = utf8(message);
  return frame(2, 2 + text.length, (view, bytes, at) => {
    view.setUint16(at, text.length, true);
    bytes.set(text, at + 2);
  });
}

export const pong = (bits) => frame(4, 8, (view, _bytes, at) => view.setBigUint64(at, bits, true));

/** Reads the fields of one body in order, and insists that they are all of it. */
class Fields {
  constructor(buffer) {
    this.view = new DataView(buffer);
    this.at = HEADER_BYTES;
  }

  take(bytes) {
    const at = this.at;
    this.at += bytes;
    if (this.at > this.view.byteLength) {
      throw new Error('a frame is shorter than its type needs');
    }
    return at;
  }

  u8() {
    return this.view.getUint8(this.take(1));
  }

  u16() {
    return this.view.getUint16(this.take(2), true);
  }

  i16() {
    return this.view.getInt16(this.take(2), true);
  }

  u32() {
    return this.view.getUint32(this.take(4), true);
  }

  u64() {
    return this.view.getBigUint64(this.take(8), true);
  }

  text(bytes) {
    return decoder.decode(new Uint8Array(this.view.buffer, this.take(bytes), bytes));
  }

  str8() {
    return this.text(this.u8());
  }

  str16() {
    return this.text(this.u16());
  }

  end() {
    if (this.at !== this.view.byteLength) {
      throw new Error('a frame is longer than its type allows');
    }
  }
}

const shared = {
  66: (f) => ({ type: 'refused', code: f.u8(), reason: f.str8() }),
  70: (f) => ({ type: 'pong', bits: f.u64() }),
  71: (f) => ({ type: 'closing', code: f.u8(), text: f.str8() }),
  72: (f) => ({ type: 'ping', bits: f.u64() }),
};

export const worldFrames = {
  ...shared,
  65: (f) => ({
    type: 'welcome',
    id: f.u32(),
    width: f.u16(),
    height: f.u16(),
    x: f.i16(),
    y: f.i16(),
    viewRadius: f.u16(),
    tickMillis: f.u16(),
  }),
  67: (f) => ({
    type: 'enter',
    id: f.u32(),
    kind: f.u8(),
    x: f.i16(),
    y: f.i16(),
    name: f.str8(),
  }),
  68: (f) => ({ type: 'moved', id: f.u32(), x: f.i16(), y: f.i16(), moveTime: f.u32() }),
  69: (f) => ({ type: 'left', id: f.u32() }),
};

export const chatFrames = {
  ...shared,
  65: (f) => ({ type: 'welcome', id: f.u32(), members: f.u16() }),
  67: (f) => ({ type: 'joined', id: f.u32(), name: f.str8() }),
  68: (f) => ({ type: 'left', id: f.u32() }),
  69: (f) => ({ type: 'said', id: f.u32(), text: f.str16() }),
};

/**
 * One frame as an object, or null for a type that these frames do not know: a server may gain
 * types. Throws where the frame contradicts itself.
 */
export function decode(frames, buffer) {
  const view = new DataView(buffer);
  if (view.byteLength < HEADER_BYTES || view.getUint16(0, true) !== view.byteLength - 2) {
    throw new Error('a message is not one frame');
  }
  const read = frames[view.getUint8(2)];
  if (!read) {
    return null;
  }
  const fields = new Fields(buffer);
  const message = read(fields);
  fields.end();
  return message;
}
