import assert from 'node:assert/strict';
import {test} from 'vitest';
import {createEffectRunner} from '../../../src/cli/watching/effects.js';
import {createStore} from '../../../src/store/store.js';
import type {Terminal} from '../../../src/terminal/terminal.js';
import {aWatchingState} from '../../support/watching.js';

test('empty text is not copied, so that the clipboard keeps its content', () => {
  const store = createStore(aWatchingState());
  const copiedTexts: string[] = [];
  const terminal: Partial<Terminal> = {
    copy: async text => {
      copiedTexts.push(text);
      return {kind: 'sent'};
    },
  };
  const runEffect = createEffectRunner({
    store,
    terminal: terminal as Terminal,
    leave: () => {},
    switchServer: () => {},
    intervene: () => {},
  });
  runEffect({type: 'copy', what: 'log', text: ''}, undefined as never);
  assert.deepEqual(copiedTexts, []);
  assert.equal(store.get().notice?.text, 'log is empty: nothing copied');
});
