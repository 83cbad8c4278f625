import type {StepDetail} from '../../domain/attempt.js';
import type {Difference} from '../../domain/cache/difference.js';
import type {CacheVerdict, HiddenFactor} from '../../domain/cache/verdict.js';
import type {Failure} from '../../domain/failure.js';
import type {Instant} from '../../domain/instant.js';
import type {Run} from '../../domain/run.js';
import {isFinished} from '../../domain/status.js';
import {formatDuration} from '../duration.js';
import {formatFailure} from '../failure-words.js';
import {formatJsonLine} from '../json-text.js';
import {type Line, renderDim, renderStrong} from '../line.js';
import {arrow} from '../marks.js';
import {formatCount} from '../number.js';
import {sanitizeText} from '../safe-text.js';
import {sanitizeToWidth} from '../sanitize-to-width.js';
import {formatAgo} from '../time.js';

type CacheReasonInput = {
  readonly verdict: CacheVerdict;
  /** Why previous runs could not be loaded. */
  readonly failure: Failure | undefined;
  readonly detail: StepDetail;
  readonly now: Instant;
  readonly findRun: (detail: StepDetail) => Run | undefined;
};

/** Why the step was or was not served from the cache, in one or two sentences. */
export const renderCacheReason = ({verdict, failure, detail, now, findRun}: CacheReasonInput): Line => {
  const {endedAt, startedAt} = detail.attempt;
  const it = endedAt === undefined ? 'It runs' : 'It ran';
  switch (verdict.kind) {
    case 'reused':
      return [renderStrong('Served from the cache.'), renderDim(' Nothing its cache key depends on has changed.')];

    case 'replayed':
      return [renderStrong('Copied by a replay'), renderDim('; caching was not involved.')];

    case 'off':
      return [
        renderStrong(`${it} because caching is off`),
        renderDim(`, set by the ${verdict.by} (enable_cache=False).`),
      ];

    case 'not known yet':
      return failure === undefined
        ? [renderDim('loading previous runs of this pipeline…')]
        : [{text: `could not load previous runs: ${formatFailure(failure)}`, tone: 'warning'}];

    case 'nothing to reuse':
      return [
        renderStrong(`${it} because no recent run completed this step`),
        renderDim(verdict.latest === undefined ? '.' : `: ${formatOutcome(verdict.latest, findRun)}.`),
      ];

    case 'expired':
      return [
        renderStrong(`${it} because the cached result expired`),
        renderDim(` ${formatAgo(verdict.at, now)}${formatTimeBefore(verdict.at, startedAt)}.`),
      ];

    case 'too early':
      return [
        renderStrong(`${it} because the run with the same cache key was still in progress`),
        renderDim(' when it started.'),
      ];

    case 'not completed':
      return [
        renderStrong(`${it} because the run with the same cache key had not succeeded`),
        renderDim(`: ${formatOutcome(verdict.comparedStep, findRun)}.`),
      ];

    case 'differs':
      return [
        renderStrong(`${it} because ${formatKinds(verdict.differences)} changed`),
        renderDim(' since the last run.'),
      ];

    case 'unseen difference':
      return [
        renderStrong('Its cache key changed, but nothing visible did.'),
        renderDim(
          ` Possible causes that the server does not report: ${verdict.possible.map(unseen => textByHiddenFactor[unseen]).join('; ')}.`,
        ),
      ];

    case 'unexplained':
      return [
        renderStrong(`${it} although its cache key is unchanged`),
        renderDim(
          '; the server does not say why. Caching may have been disabled by the client, or the outputs deleted.',
        ),
      ];

    case 'no key':
      return [
        renderStrong(`Cannot tell why ${endedAt === undefined ? 'it runs' : 'it ran'}: no cache key recorded.`),
        renderDim(' Nothing visible has changed since the last run.'),
      ];
  }
};

/** `it failed in #41`, `it was stopped in #41`, `it is running in #41` */
const formatOutcome = (detail: StepDetail, findRun: CacheReasonInput['findRun']): string => {
  const {status, statusWord} = detail.attempt;
  const state = `${isFinished(status) ? 'was' : 'is'} ${sanitizeText(statusWord)}`;
  return `it ${status === 'failed' ? 'failed' : state} in ${formatRunReference(findRun(detail))}`;
};

const formatRunReference = (run: Run | undefined): string =>
  run === undefined ? 'a previous run' : run.index === undefined ? sanitizeToWidth(run.name, 50) : `#${run.index}`;

const formatTimeBefore = (at: Instant, startedAt: Instant | undefined): string =>
  startedAt === undefined || startedAt - at < 1000 ? '' : `, ${formatDuration(startedAt - at)} before it started`;

const textByKind: Readonly<Record<Difference['kind'], string>> = {
  'artifact store': 'the artifact store',
  source: 'the function name',
  parameter: 'a parameter',
  input: 'an input',
  chunk: 'an input chunk',
  output: 'the output materializer',
  code: 'its code',
  'materializer code': 'materializer code',
  'caching parameter': 'a caching parameter',
  environment: 'its environment',
  secrets: 'its secrets',
  policy: 'its cache policy',
};

const pluralByKind: {readonly [Kind in Difference['kind']]?: string} = {
  parameter: 'parameters',
  input: 'inputs',
  chunk: 'input chunks',
  'caching parameter': 'caching parameters',
};

/** `its code and 2 parameters` */
const formatKinds = (differences: readonly Difference[]): string => {
  const kinds = [...new Set(differences.map(({kind}) => kind))].map(kind => {
    const count = differences.filter(difference => difference.kind === kind).length;
    const many = pluralByKind[kind];
    return count > 1 && many !== undefined ? `${formatCount(count)} ${many}` : textByKind[kind];
  });
  const last = kinds.at(-1) ?? '';
  return kinds.length > 1 ? `${kinds.slice(0, -1).join(', ')} and ${last}` : last;
};

const textByHiddenFactor: Readonly<Record<HiddenFactor, string>> = {
  'artifact store': 'the artifact store',
  'artifact store path': 'the path of the artifact store (for a local one, also the user who ran the step)',
  'file dependencies': 'the contents of its file dependencies',
  'source dependencies': 'the code of its source dependencies',
  'cache function': 'the result of its cache function',
};

const maxValueCells = 24;

/** The reason in a few words, for an upstream step; `undefined` if it is unknown. */
export const formatCacheReason = (verdict: CacheVerdict): string | undefined => {
  switch (verdict.kind) {
    case 'off':
      return 'caching is off for it';

    case 'nothing to reuse':
      return 'no recent run completed it';

    case 'expired':
      return 'its cached result expired';

    case 'too early':
    case 'not completed':
      return 'the run with the same cache key had not succeeded yet';

    case 'differs':
      return formatChangeReason(verdict.differences);

    default:
      return undefined;
  }
};

const formatChangeReason = (differences: readonly Difference[]): string => {
  const [first, second] = differences;
  if (first === undefined || second !== undefined) {
    return `${formatKinds(differences)} changed`;
  }

  if (first.kind === 'parameter' && first.from !== undefined && first.to !== undefined) {
    const [from, to] = [formatJsonLine(first.from, maxValueCells), formatJsonLine(first.to, maxValueCells)];
    return `${sanitizeToWidth(first.name, maxValueCells)} ${from} ${arrow} ${to}`;
  }

  return first.kind === 'input'
    ? `its input ${sanitizeToWidth(first.name, maxValueCells)} changed`
    : `${formatKinds(differences)} changed`;
};
