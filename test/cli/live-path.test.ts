import assert from 'node:assert/strict';
import {afterEach, test} from 'vitest';
import {selectServerNow} from '../../src/store/selectors.js';
import {getTimelineFacts} from '../../src/store/timeline/timeline-facts.js';
import {type PolledDemo, startPolledDemo} from '../support/polled.js';
import {runProgram} from './support/program.js';

let demo: PolledDemo | undefined;
afterEach(() => demo?.stop());

test('names the same critical path of a live run in JSON, in text and on the screen, up to its expected end', async () => {
  demo = await startPolledDemo({scenario: 'training'});
  await demo.clock.advance(30_000);
  const state = demo.state();
  const path = getTimelineFacts(state.openRun!, selectServerNow(state))?.path;
  assert.ok(path !== undefined && path.expectedSteps.length > 0);

  const {server} = demo;
  const [json, text] = await Promise.all([
    runProgram(server, [server.runId, '--once', '--output', 'json']),
    runProgram(server, ['timeline', server.runId, '--width', '100']),
  ]);
  const printedPath = JSON.parse(json.output).critical_path;
  assert.deepEqual([printedPath.steps, printedPath.expected_steps], [path.steps, path.expectedSteps]);
  assert.ok(text.output.includes(`critical path: ${[...path.steps, ...path.expectedSteps].join(' > ')}`), text.output);
  assert.match(text.output, /~{2,}|╌{2,}/);
});
