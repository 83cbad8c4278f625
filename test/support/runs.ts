import type {Attempt} from '../../src/domain/attempt.js';
import type {Dag} from '../../src/domain/dag.js';
import type {Status} from '../../src/domain/status.js';
import type {Group} from '../../src/domain/step-config.js';
import {aDag, aDagStep, anAttempt, at} from './builders.js';

type Item = readonly [
  name: string,
  status: Status | 'waiting',
  startedAt?: number,
  endedAt?: number | undefined,
  number?: number,
];

/** Steps in order: name, status, start and end in seconds after the start of the run, and which attempt it is. */
export const buildSteps = (
  items: readonly Item[],
  group?: Group,
): {readonly dag: Dag; readonly attempts: readonly Attempt[]} => {
  const names = [...new Set(items.map(([name]) => name))];
  const attempts = items.flatMap(([name, status, startedAt, endedAt, number = 1]) =>
    status === 'waiting'
      ? []
      : [
          anAttempt({
            name,
            status,
            number,
            startedAt: startedAt === undefined ? undefined : at(startedAt),
            endedAt: endedAt === undefined ? undefined : at(endedAt),
            // Rows of a list lack these until the step itself has been fetched.
            inputs: undefined,
            outputs: undefined,
          }),
        ],
  );
  return {dag: aDag({steps: names.map(name => aDagStep({name, group}))}), attempts};
};

/** A run of nine steps as it is ten minutes after its start. */
export const training = buildSteps([
  ['load_data', 'cached', 1, 1],
  ['validate', 'completed', 2, 14],
  ['split', 'completed', 14, 18],
  ['embed', 'running', 18],
  ['report', 'failed', 20, 23],
  ['trainer', 'retried', 20, 61],
  ['trainer', 'running', 71, undefined, 2],
  ['evaluate', 'waiting'],
  ['register', 'waiting'],
  ['deploy', 'waiting'],
]);

/** The same steps, ended with a failure. */
export const failedTraining = buildSteps([
  ['load_data', 'cached', 1, 1],
  ['validate', 'completed', 2, 14],
  ['split', 'completed', 14, 18],
  ['embed', 'completed', 18, 300],
  ['report', 'completed', 20, 23],
  ['trainer', 'retried', 20, 61],
  ['trainer', 'failed', 71, 580, 2],
  ['evaluate', 'waiting'],
  ['register', 'waiting'],
  ['deploy', 'waiting'],
]);

/** Of 200 items, one has failed, most have completed, eight are running, and the others have not started. */
const getItemStatus = (index: number): Item[1] => {
  if (index === 7) {
    return 'failed';
  }

  if (index < 130) {
    return 'completed';
  }

  return index < 138 ? 'running' : 'waiting';
};

/** A dynamic run: a step, 200 items of a map, a step. */
export const mapped = (() => {
  const group: Group = {id: 'map-1', name: 'map:embed', type: 'map'};
  const items = buildSteps(
    Array.from({length: 200}, (_, index): Item => {
      const status = getItemStatus(index);
      return [`embed:${index}`, status, 20 + index, status === 'running' ? undefined : 25 + index];
    }),
    group,
  );
  const firstStep = buildSteps([['list_files', 'completed', 1, 9]]);
  const lastStep = buildSteps([['collect', 'waiting']]);
  return {
    dag: aDag({steps: [...firstStep.dag.steps, ...items.dag.steps, ...lastStep.dag.steps]}),
    attempts: [...firstStep.attempts, ...items.attempts],
  };
})();
