import assert from 'node:assert/strict';
import {test} from 'vitest';
import {selectChoices, selectCurrentChoice} from '../../../src/store/runs/choosing.js';
import type {State} from '../../../src/store/state.js';

test('lists ZenML Pro workspaces by name and other servers by URL, and finds the current one', () => {
  const servers = ['http://127.0.0.1:8237', 'https://a.example', 'https://b.example'];
  const workspaceNamesByUrl = new Map([
    ['https://a.example', 'acme › prod'],
    ['https://b.example', 'acme › staging'],
  ]);
  const session = {serverUrl: 'https://b.example', servers, workspaceNamesByUrl};
  const state = {session, runs: {}} as unknown as State;
  assert.deepEqual(selectChoices(state, 'server'), ['http://127.0.0.1:8237', 'acme › prod', 'acme › staging']);
  assert.equal(selectCurrentChoice(state, 'server'), 2);
});
