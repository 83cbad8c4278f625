import fc from 'fast-check';
import type {Attempt} from '../../src/domain/attempt.js';
import type {Dag} from '../../src/domain/dag.js';
import type {Instant} from '../../src/domain/instant.js';
import type {Status} from '../../src/domain/status.js';
import {aDag, aDagStep, anAttempt, at} from './builders.js';

/** The successive states of the row of one attempt on the server. */
type Revisions = readonly Attempt[];

/** Everything that a server reported about the steps of one run. */
export type History = {
  readonly names: readonly string[];
  /** By name, attempts in order. */
  readonly attemptsByName: ReadonlyMap<string, readonly Revisions[]>;
  readonly endAt: Instant;
};

const endings: readonly Status[] = ['completed', 'failed', 'cached', 'stopped'];

type Plan = {readonly startS: number; readonly lengths: readonly number[]; readonly ending: Status};

const createRevisions = (name: string, number: number, startS: number, lengthS: number, last: Status): Revisions => {
  const started = anAttempt({
    name,
    number,
    status: 'running',
    startedAt: at(startS),
    endedAt: undefined,
    updatedAt: at(startS) + 30,
  });
  const logged = {...started, logSources: [{id: `log of ${name}`, source: 'step'}]};
  const ended = {
    ...logged,
    status: last,
    statusWord: last,
    endedAt: at(startS + lengthS),
    updatedAt: at(startS + lengthS) + 30,
  };
  return [started, logged, ended];
};

const createAttempts = (name: string, {startS, lengths, ending}: Plan): readonly Revisions[] => {
  let from = startS;
  return lengths.map((lengthS, index) => {
    const isLast = index === lengths.length - 1;
    const revisions = createRevisions(name, index + 1, from, lengthS, isLast ? ending : 'retrying');
    from += lengthS + 2;
    return revisions;
  });
};

const plan: fc.Arbitrary<Plan> = fc.record({
  startS: fc.integer({min: 0, max: 60}),
  lengths: fc.array(fc.integer({min: 1, max: 20}), {minLength: 1, maxLength: 4}),
  ending: fc.constantFrom(...endings),
});

/** A run of up to twelve steps. */
export const history: fc.Arbitrary<History> = fc.array(plan, {minLength: 1, maxLength: 12}).map(plans => {
  const names = plans.map((_, index) => `step_${index}`);
  return {
    names,
    attemptsByName: new Map(plans.map((each, index) => [names[index]!, createAttempts(names[index]!, each)])),
    // Later than the last attempt of any plan can end.
    endAt: at(200),
  };
});

/** The rows of one step at an instant; all but the last are `retried`, as on the server. */
const getRowsAt = (attempts: readonly Revisions[], now: Instant): readonly Attempt[] => {
  const rows = attempts
    .map(revisions => revisions.findLast(row => row.updatedAt! <= now))
    .filter(row => row !== undefined);
  return rows.map((row, index) =>
    index < rows.length - 1 ? {...row, status: 'retried' as const, statusWord: 'retried'} : row,
  );
};

export const getListAt = ({attemptsByName}: History, now: Instant): readonly Attempt[] =>
  [...attemptsByName.values()].flatMap(attempts => getRowsAt(attempts, now));

export const getDagAt = ({names, attemptsByName}: History, now: Instant): Dag =>
  aDag({
    steps: names.map((name, index) => {
      const row = getRowsAt(attemptsByName.get(name)!, now).at(-1);
      const upstream = index === 0 ? [] : [names[index - 1]!];
      return row === undefined
        ? aDagStep({name, upstream})
        : aDagStep({
            name,
            upstream,
            id: row.id,
            status: {status: row.status, statusWord: row.statusWord},
            startedAt: row.startedAt,
            durationMs: row.endedAt === undefined ? undefined : row.endedAt - row.startedAt!,
          });
    }),
  });
