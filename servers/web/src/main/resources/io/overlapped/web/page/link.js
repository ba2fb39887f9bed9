// A WebSocket that carries one native protocol and comes back by itself after it was lost.

import { decode, hello, pong } from './codec.js';

const BASE_MILLIS = 250;
const CAP_MILLIS = 10000;
const LOGIN_MILLIS = 6000;
/** What the page lets wait in the browser before it drops what it would send. */
const WAITING_BYTES_MAX = 64 * 1024;

const NAME_TAKEN = 4;
const VERSION = 6;

/**
 * Events: `state` (connecting, in, waiting, out), `frame` (a message once logged in, the welcome
 * first), `refused` (code, reason; the link is out), `lost` (reason, millis until the next try).
 */
export class Link extends EventTarget {
  /** `patient`: whether it is tried again also when nobody answered at the first time. */
  constructor(path, frames, patient = false) {
    super();
    this.patient = patient;
    this.path = path;
    this.frames = frames;
    this.state = 'out';
    this.name = '';
    this.reason = '';
    this.tries = 0;
    this.everIn = false;
  }

  enter(name) {
    this.leave();
    this.name = name;
    this.tries = 0;
    this.everIn = false;
    this.connect();
  }

  leave() {
    clearTimeout(this.timer);
    this.drop();
    this.become('out');
  }

  /** Whether it could be sent. */
  send(bytes) {
    const socket = this.socket;
    if (this.state !== 'in' || socket.readyState !== WebSocket.OPEN) {
      return false;
    }
    if (socket.bufferedAmount > WAITING_BYTES_MAX) {
      return false;
    }
    socket.send(bytes);
    return true;
  }

  connect() {
    const scheme = location.protocol === 'https:' ? 'wss:' : 'ws:';
    const socket = new WebSocket(`${scheme}//${location.host}${this.path}`);
    socket.binaryType = 'arraybuffer';
    this.socket = socket;
    this.reason = '';
    this.become('connecting');
    this.timer = setTimeout(() => socket.close(4000, 'no answer'), LOGIN_MILLIS);
    socket.onopen = () => socket.send(hello(this.name));
    socket.onmessage = (event) => this.received(socket, event.data);
    socket.onclose = (event) => this.closed(socket, event);
  }

  drop() {
    const socket = this.socket;
    this.socket = null;
    if (socket) {
      socket.onopen = socket.onmessage = socket.onclose = null;
      socket.close(1000);
    }
  }

  received(socket, data) {
    if (socket !== this.socket) {
      return;
    }
    let message;
    try {
      if (!(data instanceof ArrayBuffer)) {
        throw new Error('a message is not binary');
      }
      message = decode(this.frames, data);
    } catch (error) {
      this.reason = error.message;
      socket.close(4001, 'malformed frame');
      return;
    }
    if (message) {
      this.take(socket, message);
    }
  }

  take(socket, message) {
    switch (message.type) {
      case 'ping':
        socket.send(pong(message.bits));
        return;
      case 'pong':
        return;
      case 'closing':
        this.reason = message.text;
        return;
      case 'refused':
        this.refused(message);
        return;
      case 'welcome':
        clearTimeout(this.timer);
        this.tries = 0;
        this.everIn = true;
        this.become('in');
        break;
      default:
        break;
    }
    this.tell('frame', message);
  }

  refused({ code, reason }) {
    clearTimeout(this.timer);
    this.drop();
    // After a loss the server may not have noticed yet that the old connection is gone.
    if (this.everIn && code !== VERSION && (code !== NAME_TAKEN || this.tries < 8)) {
      this.retry(reason);
      return;
    }
    this.become('out');
    this.tell('refused', { code, reason });
  }

  closed(socket, event) {
    if (socket !== this.socket) {
      return;
    }
    clearTimeout(this.timer);
    this.socket = null;
    const reason = this.reason || event.reason;
    if (this.everIn || this.patient) {
      this.retry(reason);
    } else {
      this.become('out');
      this.tell('refused', { code: 0, reason });
    }
  }

  /** Full jitter: all the pages that lost a server together do not come back together. */
  retry(reason) {
    const ceiling = Math.min(CAP_MILLIS, BASE_MILLIS * 2 ** Math.min(this.tries, 10));
    const millis = Math.round(BASE_MILLIS + Math.random() * ceiling);
    this.tries++;
    this.become('waiting');
    this.tell('lost', { reason, millis });
    this.timer = setTimeout(() => this.connect(), millis);
  }

  become(state) {
    if (this.state !== state) {
      this.state = state;
      this.tell('state', state);
    }
  }

  tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}
