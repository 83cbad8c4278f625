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
  return {store, effects, stdin, frames, shown: () => stripVTControlCharacters(lastFrame() ?? '')};
};

test('handles keys that arrive together one after another', async () => {
  const {stdin, shown} = renderRoot();
  stdin.write('jj');
  await vi.waitFor(() => assert.match(shown(), /› ◒ trainer/));
  stdin.write('kkk');
  await vi.waitFor(() => assert.match(shown(), /› ✓ split/));
});

test('understands keys that terminals send as sequences, and the escape key alone', async () => {
  const {stdin, shown} = renderRoot();
  stdin.write(getKeyBytes('end'));
  await vi.waitFor(() => assert.match(shown(), /› ⋅ deploy/));
  stdin.write(getKeyBytes('enter'));
  await vi.waitFor(() => assert.doesNotMatch(shown(), /load_data/));
  stdin.write(getKeyBytes('esc'));
  await vi.waitFor(() => assert.match(shown(), /load_data/));
});

test('passes effects on', async () => {
  const {stdin, effects} = renderRoot();
  stdin.write(getKeyBytes('ctrl+c'));
  await vi.waitFor(() => assert.deepEqual(effects, [{type: 'quit', isInterrupt: true}]));
});

test('shows a change in the store without a key', async () => {
  const {store, shown} = renderRoot();
  store.dispatch({type: 'notice/shown', text: 'run ID copied', tone: 'info'});
  await vi.waitFor(() => assert.match(shown(), /run ID copied/));
});

test('draws no frame for an invisible change', async () => {
  const {store, frames, shown} = renderRoot();
  const count = frames.length;
  store.dispatch({type: 'size/changed', size: store.get().size});
  assert.equal(frames.length, count);
  store.dispatch({type: 'notice/shown', text: 'run ID copied', tone: 'info'});
  await vi.waitFor(() => assert.match(shown(), /run ID copied/));
  assert.equal(frames.length, count + 1);
});
