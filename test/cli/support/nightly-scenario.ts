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
 * Runs of one pipeline, each of two steps and about three seconds. A run starts the given number of milliseconds before the
 * server, or after it if the number is negative.
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
