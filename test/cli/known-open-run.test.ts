import assert from 'node:assert/strict';
import {test} from 'vitest';
import {createKnownOpenRun} from '../../src/cli/pictures/known-open-run.js';
import {getTimelineFacts} from '../../src/store/timeline/timeline-facts.js';
import {aKnownRun} from '../report/support/known-run.js';
import {aDetail, anAttempt, aRun, aStep, at} from '../support/builders.js';

test('a printed timeline expects a running step to take as long as its own progress says', () => {
  const attempt = anAttempt({name: 'train', status: 'running', startedAt: at(100)});
  const knownRun = aKnownRun({
    run: aRun({status: 'running', startedAt: at(0)}),
    steps: [aStep({name: 'train', attempts: [attempt]})],
    details: [aDetail({attempt, metadata: {epoch: 5, total: 10}})],
    now: at(200),
  });
  const forecast = getTimelineFacts(createKnownOpenRun(knownRun), knownRun.now)?.forecastsByName.get('train');
  assert.deepEqual(forecast, {startAt: at(200), endAt: at(300)});
});
