import {isDeepStrictEqual} from 'node:util';
import type {Artifact, Document, Moment, Step, TrueStep, Truth} from './document.js';
import {isAtLeast} from './version.js';

export type Difference = {readonly where: string; readonly expected: unknown; readonly actual: unknown};

/** JavaScript's dates are precise to the millisecond, the server's times to the microsecond. */
const parseMs = (moment: Moment | undefined): number | null | undefined =>
  typeof moment === 'string' ? Math.floor(Date.parse(moment)) : moment;

const getSeconds = (from: Moment, to: Moment): number | null =>
  from === null || to === null ? null : (Date.parse(to) - Date.parse(from)) / 1000;

/** ISO times in the same format sort as text. */
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

const sort = <T>(values: readonly T[]): T[] => [...values].sort();

const sortById = <T extends Artifact>(artifacts: Readonly<Record<string, readonly T[]>>): Record<string, T[]> =>
  Object.fromEntries(
    Object.entries(artifacts).map(([name, versions]) => [name, [...versions].sort((a, b) => a.id.localeCompare(b.id))]),
  );

/**
 * Where the document of `--once --output json` differs from what ZenML's own client says about the same run, which has ended. An
 * empty list means that they agree in every field.
 */
export const findDifferences = (truth: Truth, document: Document): Difference[] => {
  const found: Difference[] = [];
  const compare = (where: string, expected: unknown, actual: unknown) => {
    if (!isDeepStrictEqual(expected, actual)) {
      found.push({where, expected, actual});
    }
  };
  const compareNearly = (where: string, expected: number | null, actual: number | null) => {
    const isNear = expected === null || actual === null ? expected === actual : Math.abs(expected - actual) <= 0.002;
    if (!isNear) {
      found.push({where, expected, actual});
    }
  };
  const compareException = (where: string, expected: TrueStep['exception'], actual: Step['exception']) => {
    compare(`${where} is there`, expected !== null, actual !== null);
    if (expected === null || actual === null) {
      return;
    }
    compare(`${where}.line`, expected.line, actual.line);
    // Servers before 0.94.1 return only a traceback, whose end is the message.
    if (expected.message !== null) {
      compare(`${where}.message`, expected.message, actual.message);
    } else {
      compare(`${where}.message is in the traceback`, true, expected.traceback.includes(actual.message ?? '\0'));
    }
  };

  compare('schema', 'zentop/1', document.schema);
  compare('as_of has a zone', true, /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(document.as_of));
  compare('server.version', truth.server.version, document.server.version);
  compare('project', truth.project, document.project);

  const {run} = truth;
  for (const field of ['id', 'name', 'pipeline', 'index', 'status', 'status_reason', 'stack', 'user'] as const) {
    compare(`run.${field}`, run[field], document.run[field]);
  }
  // Servers before 0.85 do not say whether a run is in progress. From 0.85 to 0.93.0 a failed run stays in progress forever, with
  // the time of its first failure as its end: it is over when its last step is.
  const isStuck = run.status === 'failed' && run.in_progress === true;
  const endedAt = isStuck ? pickLatest(truth.steps.map(step => step.ended_at)) : run.ended_at;
  compare('run.in_progress', isStuck ? false : (run.in_progress ?? false), document.run.in_progress);
  compare('run.started_at', parseMs(run.started_at), parseMs(document.run.started_at));
  compare('run.ended_at', parseMs(endedAt), parseMs(document.run.ended_at));
  compareNearly('run.duration_s', getSeconds(run.started_at, endedAt), document.run.duration_s);
  compare('run.url leads to the run', true, document.run.url?.endsWith(`/runs/${run.id}`) ?? false);
  // The server stores an exception of the run only for dynamic pipelines; otherwise it is that of the first failed step.
  compareException('run.exception', run.exception ?? findFirstFailure(truth), document.run.exception);

  const trueSteps = new Map(truth.steps.map(step => [step.name, step]));
  const printedSteps = new Map(document.steps.map(step => [step.name, step]));
  const names = sort([...new Set([...trueSteps.keys(), ...Object.keys(truth.planned)])]);
  compare('names of the steps', names, sort(document.steps.map(step => step.name)));

  const statuses = names.map(name => trueSteps.get(name)?.status ?? 'waiting');
  compare('counts', countStatuses(statuses), removeZeros(document.counts));

  const indexes = new Map(document.steps.map((step, index) => [step.name, index]));
  for (const name of names) {
    const actual = printedSteps.get(name);
    if (!actual) {
      continue;
    }
    const expected = trueSteps.get(name);
    if (!expected) {
      compare(`${name}.id`, null, actual.id);
      compare(`${name}.status`, 'waiting', actual.status);
      compare(`${name}.upstream`, sort(truth.planned[name] ?? []), sort(actual.upstream));
      continue;
    }
    for (const field of ['id', 'status', 'attempt', 'group', 'retry'] as const) {
      compare(`${name}.${field}`, expected[field], actual[field]);
    }
    compare(`${name}.max_attempts`, getMaxAttempts(expected.retry), actual.max_attempts);
    compare(`${name}.cache`, expected.cache, actual.cache);
    compare(`${name}.upstream`, sort(expected.upstream), sort(actual.upstream));
    compare(`${name}.inputs`, sortById(expected.inputs), sortById(actual.inputs));
    compare(`${name}.outputs`, sortById(expected.outputs), sortById(actual.outputs));
    compare(`${name}.started_at`, parseMs(expected.started_at), parseMs(actual.started_at));
    compare(`${name}.ended_at`, parseMs(expected.ended_at), parseMs(actual.ended_at));
    compareNearly(`${name}.duration_s`, getSeconds(expected.started_at, expected.ended_at), actual.duration_s);
    compare(`${name}.heartbeat_at`, parseMs(expected.heartbeat_at), parseMs(actual.heartbeat_at));
    compareException(`${name}.exception`, expected.exception, actual.exception);
    compare(`${name}.attempts`, expected.attempts.map(summarizeAttempt), actual.attempts.map(summarizeAttempt));
    for (const upstream of actual.upstream) {
      compare(`${name} comes after ${upstream}`, true, (indexes.get(upstream) ?? -1) < (indexes.get(name) ?? -1));
    }
  }
  return found;
};

const summarizeAttempt = (attempt: Step['attempts'][number]) => [
  attempt.id,
  attempt.attempt,
  attempt.status,
  parseMs(attempt.started_at),
  parseMs(attempt.ended_at),
];

const countStatuses = (statuses: readonly string[]): Record<string, number> => {
  const counts: Record<string, number> = {total: statuses.length};
  for (const status of statuses) {
    counts[status] = (counts[status] ?? 0) + 1;
  }
  return counts;
};

const removeZeros = (counts: Readonly<Record<string, number>>): Record<string, number> =>
  Object.fromEntries(Object.entries(counts).filter(([, count]) => count !== 0));

/** Before 0.84 the first attempt counts as one of the retries. */
const getMaxAttempts = (retry: {readonly max_retries: number} | null): number =>
  Math.max(1, (retry?.max_retries ?? 0) + (isAtLeast(84) ? 1 : 0));
