import assert from 'node:assert/strict';
import {PassThrough} from 'node:stream';
import {stripVTControlCharacters} from 'node:util';
import {render} from 'ink';
import {onTestFinished, test, vi} from 'vitest';
import type {Effect} from '../../src/keymap/effect.js';
import {createStore} from '../../src/store/store.js';
import {Root} from '../../src/view/root.js';
import {testTheme} from '../support/frames.js';
import {keyBytes} from '../support/key-bytes.js';
import {live} from '../support/screens.js';

/** The whole screen on a terminal that is none: bytes in, the last frame out. */
const onScreen = () => {
  const store = createStore(live());
  const effects: Effect[] = [];
  const stdin = Object.assign(new PassThrough(), {isTTY: true, setRawMode: () => {}, ref: () => {}, unref: () => {}});
  let frame = '';
  const stdout = Object.assign(new PassThrough(), {
    columns: 120,
    rows: 30,
    write: (text: string) => {
      frame = stripVTControlCharacters(text);
      return true;
    },
  });
  const instance = render(
    <Root store={store} theme={testTheme} utcOffset={() => 0} onEffect={effect => effects.push(effect)} />,
    {
      // Ink uses of these no more than what is there.
      stdin: stdin as unknown as NodeJS.ReadStream,
      stdout: stdout as unknown as NodeJS.WriteStream,
      debug: true,
      patchConsole: false,
      exitOnCtrlC: false,
    },
  );
  onTestFinished(() => instance.unmount());
  return {store, effects, type: (text: string) => stdin.write(text), frame: () => frame};
};

test('keys that arrive in one piece are done one after the other', async () => {
  const {type, frame} = onScreen();
  type('jj');
  await vi.waitFor(() => assert.match(frame(), /› ◒ trainer/));
  type('kkk');
  await vi.waitFor(() => assert.match(frame(), /› ✓ split/));
});

test('keys that terminals send as sequences come through, and the escape key alone', async () => {
  const {type, frame} = onScreen();
  type(keyBytes('end'));
  await vi.waitFor(() => assert.match(frame(), /› ⋅ deploy/));
  type(keyBytes('enter'));
  await vi.waitFor(() => assert.doesNotMatch(frame(), /load_data/));
  type(keyBytes('esc'));
  await vi.waitFor(() => assert.match(frame(), /load_data/));
});

test('what is to be done outside is handed on', async () => {
  const {type, effects} = onScreen();
  type(keyBytes('ctrl+c'));
  await vi.waitFor(() => assert.deepEqual(effects, [{type: 'quit', isInterrupt: true}]));
});

test('a change in the store is on the screen without a key', async () => {
  const {store, frame} = onScreen();
  store.dispatch({type: 'notice/shown', text: 'run id copied', tone: 'info'});
  await vi.waitFor(() => assert.match(frame(), /run id copied/));
});
