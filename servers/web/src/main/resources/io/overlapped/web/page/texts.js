// What the page says, in two languages.

const texts = {
  en: {
    welcome: 'Join the board',
    intro: 'Move your piece on a board that everyone here shares, and chat.',
    name: 'Name',
    nameHint: 'Up to 32 characters, in any script. Nobody else here may have it.',
    enter: 'Enter',
    entering: 'Entering …',
    leave: 'Leave',
    board: 'Board',
    boardHelp: 'Arrow keys or W A S D move your piece, or tap beside it. Yours wears the crown.',
    pad: 'Move',
    up: 'Up',
    down: 'Down',
    left: 'Left',
    right: 'Right',
    players: 'Players',
    place: 'Place',
    you: 'you',
    npc: 'NPC',
    chat: 'Chat',
    message: 'Message',
    messageHint: 'Write to everyone …',
    send: 'Send',
    delay: 'Delay',
    out: 'not connected',
    connecting: 'connecting …',
    in: 'connected',
    waiting: 'connection lost, trying again …',
    chatOut: 'connected, without the chat',
    joined: (name) => `${name} joined`,
    gone: (name) => `${name} left`,
    members: (count) => `${count} here`,
    chatName: (name) => `In the chat you are ${name}: somebody there has your name.`,
    chatLost: 'The chat is interrupted; it is tried again.',
    chatBack: 'The chat is back.',
    lost: (reason, seconds) =>
      `The connection was lost${reason ? `: ${reason}` : '.'} Trying again in ${seconds} s …`,
    unreachable: 'The server does not answer. Is it running?',
    tooFast: 'Slow down a little: a few messages a second are enough.',
    tooLong: 'The message is too long; send it in parts.',
    notSent: 'Not sent: the chat is not connected at the moment.',
    refusals: {
      1: 'Please give a name.',
      2: 'This name is too long: at most 32 characters and 60 bytes.',
      3: 'This name has characters that names cannot have.',
      4: 'Somebody here has this name already. Please take another one.',
      5: 'All places are taken. Try again when somebody has left.',
      6: 'This page is of another version than the server. Please load it again.',
      7: 'The server is about to stop. Try again in a moment.',
    },
    boardLabel: (own, count) =>
      own ? `Your piece is at ${own.x}, ${own.y}; ${count} pieces in view.` : 'Board',
    language: '한국어',
  },
  ko: {
    welcome: '보드에 들어가기',
    intro: '모두가 함께 쓰는 보드에서 말을 움직이고 이야기를 나눠 보세요.',
    name: '이름',
    nameHint: '32자까지, 어떤 문자든 괜찮습니다. 다른 사람과 같은 이름은 쓸 수 없습니다.',
    enter: '들어가기',
    entering: '들어가는 중 …',
    leave: '나가기',
    board: '보드',
    boardHelp: '방향키나 W A S D로 말을 움직이거나, 말 옆을 누르세요. 왕관을 쓴 말이 내 말입니다.',
    pad: '이동',
    up: '위로',
    down: '아래로',
    left: '왼쪽으로',
    right: '오른쪽으로',
    players: '참가자',
    place: '위치',
    you: '나',
    npc: 'NPC',
    chat: '채팅',
    message: '메시지',
    messageHint: '모두에게 한마디 …',
    send: '보내기',
    delay: '지연',
    out: '연결 안 됨',
    connecting: '연결 중 …',
    in: '연결됨',
    waiting: '연결이 끊겨 다시 시도하는 중 …',
    chatOut: '연결됨 (채팅 제외)',
    joined: (name) => `${name} 님이 들어왔습니다`,
    gone: (name) => `${name} 님이 나갔습니다`,
    members: (count) => `${count}명`,
    chatName: (name) => `같은 이름이 있어 채팅에서는 ${name}(으)로 표시됩니다.`,
    chatLost: '채팅 연결이 끊겨 다시 시도합니다.',
    chatBack: '채팅이 다시 연결되었습니다.',
    lost: (reason, seconds) =>
      `연결이 끊겼습니다${reason ? `: ${reason}` : '.'} ${seconds}초 뒤에 다시 시도합니다 …`,
    unreachable: '서버가 응답하지 않습니다. 서버가 실행 중인지 확인하세요.',
    tooFast: '너무 빠릅니다. 잠시 뒤에 보내세요.',
    tooLong: '메시지가 너무 깁니다. 나누어 보내세요.',
    notSent: '보내지 못했습니다. 지금은 채팅이 연결되어 있지 않습니다.',
    refusals: {
      1: '이름을 입력하세요.',
      2: '이름이 너무 깁니다. 32자, 60바이트까지 쓸 수 있습니다.',
      3: '이름에 쓸 수 없는 문자가 있습니다.',
      4: '이미 쓰고 있는 이름입니다. 다른 이름을 입력하세요.',
      5: '자리가 모두 찼습니다. 누군가 나가면 다시 시도하세요.',
      6: '서버와 페이지의 버전이 다릅니다. 페이지를 새로 고치세요.',
      7: '서버가 곧 멈춥니다. 잠시 뒤에 다시 시도하세요.',
    },
    boardLabel: (own, count) =>
      own ? `내 말은 ${own.x}, ${own.y}에 있습니다. 보이는 말 ${count}개.` : '보드',
    language: 'English',
  },
};

const KEY = 'overlapped.language';

function stored() {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

let language = stored() ?? (navigator.language.startsWith('ko') ? 'ko' : 'en');
if (!(language in texts)) {
  language = 'en';
}

/** The text of this name, made with these arguments where it needs some. */
export function text(name, ...args) {
  const found = texts[language][name];
  return typeof found === 'function' ? found(...args) : found;
}

export const refusal = (code) => texts[language].refusals[code];

/** Puts the texts into every element that names one. */
export function translate() {
  document.documentElement.lang = language;
  for (const element of document.querySelectorAll('[data-text]')) {
    element.textContent = text(element.dataset.text);
  }
  for (const element of document.querySelectorAll('[data-placeholder]')) {
    element.placeholder = text(element.dataset.placeholder);
  }
  for (const element of document.querySelectorAll('[data-label]')) {
    element.setAttribute('aria-label', text(element.dataset.label));
  }
}

export function switchLanguage() {
  language = language === 'en' ? 'ko' : 'en';
  try {
    localStorage.setItem(KEY, language);
  } catch {
    // Without storage the choice lasts until the page is left.
  }
  translate();
}
