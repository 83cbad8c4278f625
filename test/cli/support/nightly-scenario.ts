import {fraudProject} from '../../../src/demo/scenarios/fraud-project.js';
import type {RunScript, Scenario} from '../../../src/demo/script.js';

const stepMs = 1500;

const buildNightlyRun = (index: number, startedAgoMs: number): RunScript => ({
  key: `nightly ${index}`,
  pipeline: 'nightly',
  index,
  user: 'nightly',
  startedAgoMs,
  getSteps: () => [
    {name: 'load', module: 'steps', code: '', attempts: [{durationMs: stepMs}], delayMs: 200},
    {name: 'score', module: 'steps', code: '', after: ['load'], attempts: [{durationMs: stepMs}]},
  ],
});

/**
 * Runs of one pipeline, two steps and about three seconds long, that start this long before the server does, or after it if
 * negative.
 */
export const buildNightlyScenario = (...startedAgoMs: readonly number[]): Scenario => ({
  name: 'nightly',
  description: 'runs of one pipeline, one after another',
  build: () => ({
    ...fraudProject,
    runs: startedAgoMs.map((ago, index) => buildNightlyRun(index + 1, ago)),
    shownRunKey: 'nightly 1',
  }),
});
