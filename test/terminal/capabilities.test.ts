import assert from 'node:assert/strict';
import {test} from 'vitest';
import {type Capabilities, type CapabilityInputs, detectCapabilities} from '../../src/terminal/capabilities.js';

const detect = (env: CapabilityInputs['env'], changes: Partial<Omit<CapabilityInputs, 'env'>> = {}): Capabilities =>
  detectCapabilities({
    env: {TERM: 'xterm-256color', ...env},
    platform: 'linux',
    isInputTty: true,
    isOutputTty: true,
    ...changes,
  });

const colors: readonly [what: string, env: CapabilityInputs['env'], isOutputTty: boolean, level: number][] = [
  ['a 256-color terminal', {}, true, 2],
  ['a true-color terminal', {COLORTERM: 'truecolor'}, true, 3],
  ['kitty over SSH, where COLORTERM is lost', {TERM: 'xterm-kitty'}, true, 3],
  ['a plain xterm', {TERM: 'xterm'}, true, 1],
  ['the Linux console', {TERM: 'linux'}, true, 1],
  ['a dumb terminal', {TERM: 'dumb'}, true, 0],
  ['a pipe', {COLORTERM: 'truecolor'}, false, 0],
  ['NO_COLOR', {NO_COLOR: '1', COLORTERM: 'truecolor'}, true, 0],
  ['an empty NO_COLOR, which means nothing', {NO_COLOR: ''}, true, 2],
  ['FORCE_COLOR=0', {FORCE_COLOR: '0'}, true, 0],
  ['NO_COLOR with an empty FORCE_COLOR', {FORCE_COLOR: '', NO_COLOR: '1'}, true, 0],
  ['FORCE_COLOR=3 in a pipe', {FORCE_COLOR: '3'}, false, 3],
  ['FORCE_COLOR=true in a pipe', {FORCE_COLOR: 'true', TERM: ''}, false, 1],
  ['FORCE_COLOR over NO_COLOR, as in Node', {FORCE_COLOR: '2', NO_COLOR: '1'}, true, 2],
];
for (const [what, env, isOutputTty, level] of colors) {
  test(`chooses color level ${level} for ${what}`, () => {
    assert.equal(detect(env, {isOutputTty}).colorLevel, level);
  });
}

const locales: readonly [env: CapabilityInputs['env'], hasUnicode: boolean][] = [
  [{LANG: 'en_GB.UTF-8'}, true],
  [{LANG: 'C.utf8'}, true],
  [{LANG: 'C'}, false],
  [{LANG: 'de_DE.ISO-8859-1'}, false],
  [{LANG: 'en_GB.UTF-8', LC_ALL: 'POSIX'}, false],
  [{LANG: 'POSIX', LC_CTYPE: 'UTF-8'}, true],
  [{LANG: 'en_GB.UTF-8', LC_ALL: ''}, true],
  [{}, true],
  [{TERM: 'linux', LANG: 'en_GB.UTF-8'}, false],
];
for (const [env, hasUnicode] of locales) {
  test(`${JSON.stringify(env)} ${hasUnicode ? 'allows' : 'forbids'} glyphs beyond ASCII`, () => {
    assert.equal(detect(env).hasUnicode, hasUnicode);
  });
}

const buildTmuxEnv = (version: string) => ({
  TMUX: '/tmp/tmux-0/default,1,0',
  TERM_PROGRAM: 'tmux',
  TERM_PROGRAM_VERSION: version,
});
const notifications: readonly [what: string, env: CapabilityInputs['env'], style: string][] = [
  ['xterm', {}, 'osc9'],
  ['GNOME terminal', {VTE_VERSION: '7600'}, 'osc777'],
  ['foot', {TERM: 'foot'}, 'osc777'],
  ['tmux', buildTmuxEnv('3.4'), 'bell'],
  ['GNU screen', {STY: '1.pts'}, 'bell'],
  ['the Linux console', {TERM: 'linux'}, 'bell'],
];
for (const [what, env, style] of notifications) {
  test(`uses ${style} for notifications in ${what}`, () => {
    assert.equal(detect(env).notification, style);
  });
}

test('is interactive only with a terminal for input and output that can move the cursor', () => {
  assert.equal(detect({}).isInteractive, true);
  assert.equal(detect({}, {isInputTty: false}).isInteractive, false);
  assert.equal(detect({}, {isOutputTty: false}).isInteractive, false);
  assert.equal(detect({TERM: 'dumb'}).isInteractive, false);
});

test('has a display on a desktop, but not over SSH', () => {
  assert.equal(detect({}).hasDisplay, false);
  assert.equal(detect({DISPLAY: ':0'}).hasDisplay, true);
  assert.equal(detect({WAYLAND_DISPLAY: 'wayland-0'}).hasDisplay, true);
  assert.equal(detect({WSL_DISTRO_NAME: 'Ubuntu'}).hasDisplay, true);
  assert.equal(detect({}, {platform: 'darwin'}).hasDisplay, true);
  assert.equal(detect({}, {platform: 'win32'}).hasDisplay, true);
  assert.equal(detect({DISPLAY: ':10', SSH_CONNECTION: '10.0.0.1 1 10.0.0.2 22'}).hasDisplay, false);
});

test('sets a title only if it can be restored', () => {
  assert.equal(detect({}).hasTitle, true);
  assert.equal(detect(buildTmuxEnv('3.3a')).hasTitle, true);
  assert.equal(detect({TERM: 'linux'}).hasTitle, false);
  assert.equal(detect({STY: '1.pts'}).hasTitle, false);
  assert.equal(detect({}, {isOutputTty: false}).hasTitle, false);
});
