import assert from 'node:assert/strict';
import {test} from 'vitest';
import {withSize} from '../support/frames.js';
import {renderLines} from '../support/rendered.js';
import {aRunsState} from '../support/run-screens.js';
import {aLiveState} from '../support/screens.js';

test('the header warns while the server certificate is not verified', () => {
  for (const columns of [160, 120, 100]) {
    const state = withSize(aLiveState(), {columns, rows: 30});
    const unverified = {...state, session: {...state.session, isUnverified: true}};
    assert.match(renderLines(unverified)[0] ?? '', /certificate not verified/);
    assert.doesNotMatch(renderLines(state)[0] ?? '', /verified/);
  }
});

test('the warning is above the run list too', () => {
  const state = withSize(aRunsState(), {columns: 120, rows: 30});
  assert.match(
    renderLines({...state, session: {...state.session, isUnverified: true}})[0] ?? '',
    /certificate not verified/,
  );
});
