// Brings the page together: login, world, chat, and what the player is told about the connection.

import { move, utf8, worldFrames, NAME_BYTES_MAX, NAME_CODE_POINTS_MAX } from './codec.js';
import { Link } from './link.js';
import { Pace } from './pace.js';
import { World } from './world.js';
import { Board } from './board.js';
import { Players } from './players.js';
import { Chat } from './chat.js';
import { refusal, switchLanguage, text, translate } from './texts.js';

// Below the world's 120 at once and 60 a second.
const MOVE_BURST = 20;
const MOVES_PER_SECOND = 30;

const byId = (id) => document.getElementById(id);

const world = new World();
const link = new Link('/world', worldFrames);
const chat = new Chat();
const players = new Players();
const pace = new Pace(MOVE_BURST, MOVES_PER_SECOND);
const board = new Board(world, step);

let name = '';
/** The last thing that went wrong, as a function, so that it can be said in either language. */
let trouble = () => '';

function microseconds() {
  return Math.round(performance.now() * 1000) >>> 0;
}

function step(direction) {
  if (pace.take()) {
    link.send(move(direction, microseconds() || 1));
  }
}

function badName(value) {
  if (value === '') {
    return 1;
  }
  return [...value].length > NAME_CODE_POINTS_MAX || utf8(value).length > NAME_BYTES_MAX ? 2 : 0;
}

function enter(event) {
  event.preventDefault();
  name = byId('name').value.trim();
  const bad = badName(name);
  if (bad) {
    refuse(() => refusal(bad));
    return;
  }
  refuse(() => '');
  byId('enter').disabled = true;
  byId('enter').textContent = text('entering');
  link.enter(name);
}

function refuse(why) {
  trouble = why;
  byId('login-error').textContent = why();
  byId('name').toggleAttribute('aria-invalid', why() !== '');
  byId('enter').disabled = false;
  byId('enter').textContent = text('enter');
  if (why() !== '') {
    byId('name').focus();
    byId('name').select();
  }
}

function show(playing) {
  document.body.dataset.state = playing ? 'in' : 'out';
  byId('login-view').hidden = playing;
  byId('game-view').hidden = !playing;
  byId('leave').hidden = !playing;
  byId('delay-box').hidden = !playing;
}

function veil(why) {
  trouble = why;
  byId('veil').textContent = why();
  byId('veil').hidden = why() === '';
}

function leave() {
  link.leave();
  chat.leave();
  world.clear();
  players.clear();
  board.release();
  veil(() => '');
  show(false);
  refuse(() => '');
  byId('name').focus();
}

function status() {
  const element = byId('status');
  element.dataset.world = link.state;
  element.dataset.chat = chat.link.state;
  const withoutChat = link.state === 'in' && chat.link.state !== 'in';
  element.dataset.lamp = withoutChat ? 'waiting' : link.state;
  const words = text(withoutChat && chat.link.state === 'out' ? 'chatOut' : link.state);
  if (byId('status-text').textContent !== words) {
    byId('status-text').textContent = words;
  }
}

function received({ detail: message }) {
  const wasOut = byId('game-view').hidden;
  world.apply(message, name);
  if (message.type === 'welcome') {
    players.clear();
    veil(() => '');
    byId('delay').textContent = '–';
    if (wasOut) {
      refuse(() => '');
      show(true);
      board.resize();
      byId('board').focus();
      chat.enter(name);
    }
  } else if (message.type === 'moved' && message.id === world.ownId && message.moveTime !== 0) {
    const micros = (microseconds() - message.moveTime) >>> 0;
    byId('delay').textContent = `${(micros / 1000).toFixed(1)} ms`;
  }
  players.show(world);
  board.update();
}

link.addEventListener('frame', received);
link.addEventListener('state', status);
chat.link.addEventListener('state', status);
link.addEventListener('lost', ({ detail: { reason, millis } }) => {
  world.clear();
  players.clear();
  board.update();
  veil(() => text('lost', reason, (millis / 1000).toFixed(1)));
});
link.addEventListener('refused', ({ detail: { code, reason } }) => {
  const wasPlaying = !byId('game-view').hidden;
  if (wasPlaying) {
    leave();
  }
  refuse(() => refusal(code) || reason || text('unreachable'));
});

function retranslate() {
  translate();
  byId('language').textContent = text('language');
  byId('language').lang = document.documentElement.lang === 'en' ? 'ko' : 'en';
  status();
  chat.translate();
  players.clear();
  players.show(world);
  board.update();
  byId('login-error').textContent = byId('game-view').hidden ? trouble() : '';
  if (!byId('game-view').hidden && !byId('veil').hidden) {
    byId('veil').textContent = trouble();
  }
}

byId('login').addEventListener('submit', enter);
byId('leave').addEventListener('click', leave);
byId('language').addEventListener('click', () => {
  switchLanguage();
  retranslate();
});
// A page kept for the way back would stand on the board unseen.
window.addEventListener('pagehide', () => {
  link.leave();
  chat.leave();
});
window.addEventListener('pageshow', (event) => {
  if (event.persisted && !byId('game-view').hidden) {
    leave();
  }
});

retranslate();
