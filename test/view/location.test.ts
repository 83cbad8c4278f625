import assert from 'node:assert/strict';
import {test} from 'vitest';
import {getLineText} from '../../src/format/line.js';
import {renderLocation} from '../../src/view/header/location.js';
import {aLiveState} from '../support/screens.js';

test('server and project are shown together, so that the title beside them moves at most once', () => {
  const state = aLiveState();
  const project = state.session.project!;
  const unknown = {...state, session: {...state.session, project: {...project, name: undefined}}};
  assert.equal(getLineText(renderLocation(unknown, '›')), '');
  assert.equal(getLineText(renderLocation(state, '›')), 'zenml.example.com › default');
});
