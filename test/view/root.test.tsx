import assert from 'node:assert/strict';
import {stripVTControlCharacters} from 'node:util';
import {cleanup, render} from 'ink-testing-library';
import {afterEach, test, vi} from 'vitest';
import type {Effect} from '../../src/keymap/effect.js';
import {createStore} from '../../src/store/store.js';
import {Root} from '../../src/view/root.js';
import {testTheme} from '../support/frames.js';
import {getKeyBytes} from '../support/key-bytes.js';
import {aLiveState} from '../support/screens.js';

afterEach(cleanup);

const renderRoot = () => {
  const store = createStore(aLiveState());
  const effects: Effect[] = [];
  const {stdin, lastFrame, frames} = render(
    <Root store={store} theme={testTheme} getUtcOffset={() => 0} onEffect={effect => effects.push(effect)} />,
  );
  return {store, effects, stdin, frames, getText: () => stripVTControlCharacters(lastFrame() ?? '')};
};

test('handles keys one after another if they arrive together', async () => {
  const {stdin, getText} = renderRoot();
  stdin.write('jj');
  await vi.waitFor(() => assert.match(getText(), /› ◒ trainer/));
  stdin.write('kkk');
  await vi.waitFor(() => assert.match(getText(), /› ✓ split/));
});

test('understands keys that terminals send as sequences, and the escape key alone', async () => {
  const {stdin, getText} = renderRoot();
  stdin.write(getKeyBytes('end'));
  await vi.waitFor(() => assert.match(getText(), /› ⋅ deploy/));
  stdin.write(getKeyBytes('enter'));
  await vi.waitFor(() => assert.doesNotMatch(getText(), /load_data/));
  stdin.write(getKeyBytes('esc'));
  await vi.waitFor(() => assert.match(getText(), /load_data/));
});

test('passes effects on', async () => {
  const {stdin, effects} = renderRoot();
  stdin.write(getKeyBytes('ctrl-c'));
  await vi.waitFor(() => assert.deepEqual(effects, [{type: 'quit', isInterrupt: true}]));
});

test('shows a change in the store without a key press', async () => {
  const {store, getText} = renderRoot();
  store.dispatch({type: 'notice/shown', text: 'run ID copied', tone: 'info'});
  await vi.waitFor(() => assert.match(getText(), /run ID copied/));
});

test('draws no frame for an invisible change', async () => {
  const {store, frames, getText} = renderRoot();
  const count = frames.length;
  store.dispatch({type: 'size/changed', size: store.get().size});
  assert.equal(frames.length, count);
  store.dispatch({type: 'notice/shown', text: 'run ID copied', tone: 'info'});
  await vi.waitFor(() => assert.match(getText(), /run ID copied/));
  assert.equal(frames.length, count + 1);
});
