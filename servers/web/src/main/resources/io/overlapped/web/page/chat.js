// The chat panel: members by id, messages in the server's order.

import { chatFrames, say, utf8, TEXT_BYTES_MAX } from './codec.js';
import { Link } from './link.js';
import { Pace } from './pace.js';
import { hue } from './world.js';
import { refusal, text } from './texts.js';

const MESSAGES_MAX = 300;
const NAME_TRIES = 9;
const NAME_TAKEN = 4;
// Below the server's 20 at once and 5 a second, so that a fast typist is not closed.
const BURST = 12;
const PER_SECOND = 4;

const byId = (id) => document.getElementById(id);

export class Chat {
  constructor() {
    this.link = new Link('/chat', chatFrames, true);
    this.members = new Map();
    this.list = byId('messages');
    this.input = byId('text');
    this.error = byId('chat-error');
    this.pace = new Pace(BURST, PER_SECOND);
    this.link.addEventListener('frame', ({ detail }) => this.take(detail));
    this.link.addEventListener('lost', () => this.lost());
    this.link.addEventListener('refused', ({ detail }) => this.refused(detail));
    byId('say').addEventListener('submit', (event) => {
      event.preventDefault();
      this.submit();
    });
  }

  enter(name) {
    this.wanted = name;
    this.name = name;
    this.nameTries = 1;
    this.wasLost = false;
    this.error.textContent = '';
    this.list.replaceChildren();
    this.link.enter(name);
  }

  leave() {
    this.link.leave();
    this.setMembers(new Map());
  }

  translate() {
    this.setMembers(this.members);
    this.error.textContent = '';
  }

  take(message) {
    switch (message.type) {
      case 'welcome':
        this.ownId = message.id;
        this.expected = message.members - 1;
        this.setMembers(new Map([[message.id, this.name]]));
        if (this.wasLost) {
          this.note(text('chatBack'));
        } else if (this.name !== this.wanted) {
          this.note(text('chatName', this.name));
        }
        this.wasLost = false;
        break;
      case 'joined':
        this.members.set(message.id, message.name);
        this.setMembers(this.members);
        if (this.expected > 0) {
          this.expected--;
        } else {
          this.note(text('joined', message.name));
        }
        break;
      case 'left': {
        const name = this.members.get(message.id);
        this.members.delete(message.id);
        this.setMembers(this.members);
        if (name !== undefined) {
          this.note(text('gone', name));
        }
        break;
      }
      case 'said':
        this.message(message.id, message.text);
        break;
      default:
        break;
    }
  }

  lost() {
    if (!this.wasLost) {
      this.wasLost = true;
      this.note(text('chatLost'));
    }
    this.setMembers(new Map());
  }

  refused({ code, reason }) {
    if (code === NAME_TAKEN && this.nameTries < NAME_TRIES) {
      this.nameTries++;
      this.name = `${this.wanted}-${this.nameTries}`;
      this.link.enter(this.name);
      return;
    }
    this.error.textContent = refusal(code) || reason;
  }

  submit() {
    const value = this.input.value.trim();
    if (value === '') {
      return;
    }
    this.error.textContent = '';
    if (utf8(value).length > TEXT_BYTES_MAX) {
      this.error.textContent = text('tooLong');
    } else if (!this.pace.take()) {
      this.error.textContent = text('tooFast');
    } else if (this.link.send(say(value))) {
      this.input.value = '';
    } else {
      this.error.textContent = text('notSent');
    }
  }

  setMembers(members) {
    this.members = members;
    byId('members').textContent = members.size > 0 ? text('members', members.size) : '';
  }

  message(id, words) {
    const item = document.createElement('li');
    const name = document.createElement('b');
    const own = id === this.ownId;
    name.textContent = this.members.get(id) ?? `#${id}`;
    name.style.setProperty('--hue', hue(id));
    item.className = own ? 'own' : '';
    item.dataset.from = name.textContent;
    const body = document.createElement('span');
    body.textContent = words;
    item.append(name, own ? '' : ' ', body);
    this.append(item);
  }

  note(words) {
    const item = document.createElement('li');
    item.className = 'note';
    item.textContent = words;
    this.append(item);
  }

  append(item) {
    const list = this.list;
    const atEnd = list.scrollHeight - list.scrollTop - list.clientHeight < 40;
    list.append(item);
    while (list.childElementCount > MESSAGES_MAX) {
      list.firstElementChild.remove();
    }
    if (atEnd || item.className === 'own') {
      list.scrollTop = list.scrollHeight;
    }
  }
}
