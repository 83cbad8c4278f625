import {isDeepStrictEqual} from 'node:util';
import type {Artifact, Document, Moment, Step, TrueStep, Truth} from './document.js';
import {isAtLeast} from './version.js';

export type Difference = {readonly where: string; readonly truth: unknown; readonly said: unknown};

/** JavaScript's dates are precise to the millisecond, the server's times to the microsecond. */
const millisecond = (moment: Moment | undefined): number | null | undefined =>
  typeof moment === 'string' ? Math.floor(Date.parse(moment)) : moment;

const duration = (from: Moment, to: Moment): number | null =>
  from === null || to === null ? null : (Date.parse(to) - Date.parse(from)) / 1000;

/** ISO times of one form sort as text. */
const pickLatest = (moments: readonly Moment[]): Moment =>
  moments
    .filter(moment => moment !== null)
    .sort()
    .at(-1) ?? null;

const findFirstFailure = ({run, steps}: Truth): TrueStep['exception'] => {
  if (run.status !== 'failed') {
    return null;
  }
  const failed = steps.filter(({status}) => status === 'failed');
  return failed.sort((a, b) => (a.ended_at ?? '').localeCompare(b.ended_at ?? ''))[0]?.exception ?? null;
};

const sorted = <T>(values: readonly T[]): T[] => [...values].sort();

const byId = <T extends Artifact>(artifacts: Readonly<Record<string, readonly T[]>>): Record<string, T[]> =>
  Object.fromEntries(
    Object.entries(artifacts).map(([name, versions]) => [name, [...versions].sort((a, b) => a.id.localeCompare(b.id))]),
  );

/**
 * Where the document of `--once --output json` differs from what ZenML's own client says about the same, finished run. An empty
 * list means that they agree in every field.
 */
export const differences = (truth: Truth, said: Document): Difference[] => {
  const found: Difference[] = [];
  const same = (where: string, expected: unknown, actual: unknown) => {
    if (!isDeepStrictEqual(expected, actual)) {
      found.push({where, truth: expected, said: actual});
    }
  };
  const near = (where: string, expected: number | null, actual: number | null) => {
    const isNear = expected === null || actual === null ? expected === actual : Math.abs(expected - actual) <= 0.002;
    if (!isNear) {
      found.push({where, truth: expected, said: actual});
    }
  };
  const exception = (where: string, expected: TrueStep['exception'], actual: Step['exception']) => {
    same(`${where} is there`, expected !== null, actual !== null);
    if (expected === null || actual === null) {
      return;
    }
    same(`${where}.line`, expected.line, actual.line);
    // Servers before 0.94.1 return only a traceback, whose end is the message.
    if (expected.message !== null) {
      same(`${where}.message`, expected.message, actual.message);
    } else {
      same(`${where}.message is in the traceback`, true, expected.traceback.includes(actual.message ?? '\0'));
    }
  };

  same('schema', 'zentop/1', said.schema);
  same('as_of has a zone', true, /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(said.as_of));
  same('server.version', truth.server.version, said.server.version);
  same('project', truth.project, said.project);

  const {run} = truth;
  for (const field of ['id', 'name', 'pipeline', 'index', 'status', 'status_reason', 'stack', 'user'] as const) {
    same(`run.${field}`, run[field], said.run[field]);
  }
  // Servers before 0.85 do not say whether a run is in progress. From 0.85 to 0.93.0 a failed run stays so forever, with
  // the time of its first failure as its end: it is over when its last step is.
  const isStuck = run.status === 'failed' && run.in_progress === true;
  const endedAt = isStuck ? pickLatest(truth.steps.map(step => step.ended_at)) : run.ended_at;
  same('run.in_progress', isStuck ? false : (run.in_progress ?? false), said.run.in_progress);
  same('run.started_at', millisecond(run.started_at), millisecond(said.run.started_at));
  same('run.ended_at', millisecond(endedAt), millisecond(said.run.ended_at));
  near('run.duration_s', duration(run.started_at, endedAt), said.run.duration_s);
  same('run.url leads to the run', true, said.run.url?.endsWith(`/runs/${run.id}`) ?? false);
  // The server stores an exception of the run only for dynamic pipelines; otherwise it is that of the first failed step.
  exception('run.exception', run.exception ?? findFirstFailure(truth), said.run.exception);

  const trueSteps = new Map(truth.steps.map(step => [step.name, step]));
  const saidSteps = new Map(said.steps.map(step => [step.name, step]));
  const names = sorted([...new Set([...trueSteps.keys(), ...Object.keys(truth.planned)])]);
  same('names of the steps', names, sorted(said.steps.map(step => step.name)));

  const statuses = names.map(name => trueSteps.get(name)?.status ?? 'waiting');
  same('counts', countsOf(statuses), withoutZeros(said.counts));

  const places = new Map(said.steps.map((step, place) => [step.name, place]));
  for (const name of names) {
    const actual = saidSteps.get(name);
    if (!actual) {
      continue;
    }
    const expected = trueSteps.get(name);
    if (!expected) {
      same(`${name}.id`, null, actual.id);
      same(`${name}.status`, 'waiting', actual.status);
      same(`${name}.upstream`, sorted(truth.planned[name] ?? []), sorted(actual.upstream));
      continue;
    }
    for (const field of ['id', 'status', 'attempt', 'group', 'retry'] as const) {
      same(`${name}.${field}`, expected[field], actual[field]);
    }
    same(`${name}.max_attempts`, mostAttempts(expected.retry), actual.max_attempts);
    same(`${name}.cache`, expected.cache, actual.cache);
    same(`${name}.upstream`, sorted(expected.upstream), sorted(actual.upstream));
    same(`${name}.inputs`, byId(expected.inputs), byId(actual.inputs));
    same(`${name}.outputs`, byId(expected.outputs), byId(actual.outputs));
    same(`${name}.started_at`, millisecond(expected.started_at), millisecond(actual.started_at));
    same(`${name}.ended_at`, millisecond(expected.ended_at), millisecond(actual.ended_at));
    near(`${name}.duration_s`, duration(expected.started_at, expected.ended_at), actual.duration_s);
    same(`${name}.heartbeat_at`, millisecond(expected.heartbeat_at), millisecond(actual.heartbeat_at));
    exception(`${name}.exception`, expected.exception, actual.exception);
    same(`${name}.attempts`, expected.attempts.map(attemptLine), actual.attempts.map(attemptLine));
    for (const upstream of actual.upstream) {
      same(`${name} comes after ${upstream}`, true, (places.get(upstream) ?? -1) < (places.get(name) ?? -1));
    }
  }
  return found;
};

const attemptLine = (attempt: Step['attempts'][number]) => [
  attempt.id,
  attempt.attempt,
  attempt.status,
  millisecond(attempt.started_at),
  millisecond(attempt.ended_at),
];

const countsOf = (statuses: readonly string[]): Record<string, number> => {
  const counts: Record<string, number> = {total: statuses.length};
  for (const status of statuses) {
    counts[status] = (counts[status] ?? 0) + 1;
  }
  return counts;
};

const withoutZeros = (counts: Readonly<Record<string, number>>): Record<string, number> =>
  Object.fromEntries(Object.entries(counts).filter(([, count]) => count !== 0));

/** Before 0.84 the first attempt counts as one of the retries. */
const mostAttempts = (retry: {readonly max_retries: number} | null): number =>
  Math.max(1, (retry?.max_retries ?? 0) + (isAtLeast(84) ? 1 : 0));
