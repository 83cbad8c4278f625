import fc from 'fast-check';
import type {Status} from '../../src/domain/status.js';
import type {Step} from '../../src/domain/step.js';
import type {Group} from '../../src/domain/step-config.js';
import type {StepTable} from '../../src/domain/step-table.js';
import {createStepTable, withSteps} from '../../src/domain/update-step-table.js';
import {anAttempt, at} from './builders.js';

const groups: readonly (Group | undefined)[] = [
  undefined,
  undefined,
  {id: 'g1', name: 'embed', type: 'map'},
  {id: 'g2', name: 'train all', type: 'group'},
];

const statuses: readonly (Status | undefined)[] = [
  undefined,
  'running',
  'completed',
  'completed',
  'cached',
  'failed',
  'queued',
  'stopped',
];

type Shape = {
  readonly status: Status | undefined;
  readonly isRetried: boolean;
  readonly start: number;
  readonly seconds: number;
};

const shape = fc.record<Shape>({
  status: fc.constantFrom(...statuses),
  isRetried: fc.boolean(),
  start: fc.integer({min: 0, max: 50}),
  seconds: fc.integer({min: 0, max: 40}),
});

/** A step whose name and group depend only on its number. */
const buildStep = (number: number, {status, isRetried, start, seconds}: Shape): Step => {
  const name = number % 3 === 0 ? `map:embed:${number}` : number % 3 === 1 ? `train_model_${number}` : `load_${number}`;
  const first = anAttempt({name, status: 'retried', startedAt: at(start), endedAt: at(start + 1)});
  const isEnded = status !== 'running' && status !== 'queued';
  const latest = anAttempt({
    name,
    number: isRetried ? 2 : 1,
    status: status ?? 'running',
    startedAt: at(start + 2),
    endedAt: isEnded ? at(start + 2 + seconds) : undefined,
  });
  const attempts = status === undefined ? [] : isRetried ? [first, latest] : [latest];
  return {name, attempts, group: groups[number % groups.length], upstream: []};
};

/** Steps of a run, each once, from one to more than fit into a chunk of a table. */
const someSteps: fc.Arbitrary<readonly Step[]> = fc
  .array(shape, {minLength: 1, maxLength: 150})
  .map(shapes => shapes.map((one, number) => buildStep(number, one)));

/** Changes to a run of `count` steps: some of them in another state, and new ones. */
const arbitraryChanges = (count: number): fc.Arbitrary<readonly (readonly Step[])[]> => {
  const change = fc.tuple(fc.nat({max: count + 20}), shape).map(([number, one]) => buildStep(number, one));
  return fc.array(fc.uniqueArray(change, {selector: ({name}) => name, maxLength: 12}), {maxLength: 6});
};

/** Successive tables of a run, each derived from the previous one by changes. */
export const someTables: fc.Arbitrary<readonly StepTable[]> = someSteps.chain(steps =>
  arbitraryChanges(steps.length).map(changes => {
    const tables = [createStepTable(steps)];
    for (const changed of changes) {
      tables.push(withSteps(tables.at(-1)!, changed));
    }

    return tables;
  }),
);
