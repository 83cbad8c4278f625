import type {StepDetail} from '../../domain/attempt.js';
import type {Difference} from '../../domain/cache/difference.js';
import type {CacheVerdict, HiddenFactor} from '../../domain/cache/verdict.js';
import type {Failure} from '../../domain/failure.js';
import type {Instant} from '../../domain/instant.js';
import type {Run} from '../../domain/run.js';
import {formatDuration} from '../duration.js';
import {formatFailure} from '../failure-words.js';
import {formatJsonLine} from '../json-text.js';
import {type Line, renderDim, renderStrong} from '../line.js';
import {arrow} from '../marks.js';
import {sanitizeText} from '../safe-text.js';
import {formatAgo} from '../time.js';

type CacheReasonInput = {
  readonly account: CacheVerdict;
  /** Why earlier runs cannot be looked at. */
  readonly failure: Failure | undefined;
  readonly detail: StepDetail;
  readonly now: Instant;
  readonly runOf: (detail: StepDetail) => Run | undefined;
};

/** Why the step was or was not served from the cache, in a sentence. */
export const renderCacheReason = ({account, failure, detail, now, runOf}: CacheReasonInput): Line => {
  const {endedAt, startedAt} = detail.attempt;
  const it = endedAt === undefined ? 'It runs' : 'It ran';
  const where = (other: StepDetail) => formatRunReference(runOf(other));
  switch (account.kind) {
    case 'reused':
      return [renderStrong('Served from the cache.'), renderDim(' Nothing of what its key is made of had changed.')];

    case 'replayed':
      return [renderStrong('Taken over by a replay.'), renderDim(' The cache had no say in it.')];

    case 'off':
      return [
        renderStrong(`${it} because caching is off`),
        renderDim(`, set by the ${account.by} (enable_cache=False).`),
      ];

    case 'not known yet':
      return failure === undefined
        ? [renderDim('looking at earlier runs of this pipeline…')]
        : [{text: `earlier runs not loaded: ${formatFailure(failure)}`, tone: 'warning'}];

    case 'nothing to reuse':
      return [
        renderStrong(`${it} because there was nothing to reuse`),
        account.latest === undefined
          ? renderDim(': no earlier run looked at has this step done.')
          : renderDim(` yet: in ${where(account.latest)} it ended ${sanitizeText(account.latest.attempt.statusWord)}.`),
      ];

    case 'expired':
      return [
        renderStrong(`${it} because what it could have reused had expired`),
        renderDim(` ${formatAgo(account.at, now)}${formatTimeBefore(account.at, startedAt)}.`),
      ];

    case 'too early':
      return [
        renderStrong(`${it} because the one with the same key had not ended`),
        renderDim(' when this one began.'),
      ];

    case 'not completed':
      return [
        renderStrong(`${it} because the one with the same key had not ended well`),
        renderDim(`: in ${where(account.other)} it ended ${sanitizeText(account.other.attempt.statusWord)}.`),
      ];

    case 'differs':
      return [
        renderStrong(`${it} because ${formatKinds(account.differences)} changed`),
        renderDim(' since the last time.'),
      ];

    case 'unseen difference':
      return [
        renderStrong(`${it} because its key changed; what the server tells is the same as the last time.`),
        renderDim(
          ` What the server does not tell: ${account.possible.map(unseen => textByHiddenFactor[unseen]).join('; ')}.`,
        ),
      ];

    case 'unexplained':
      return [
        renderStrong(`${it} although its key is that of the last time`),
        renderDim(
          '; the server does not tell why. The client may have been told not to look, or the outputs were gone.',
        ),
      ];

    case 'no key':
      return [
        renderStrong(
          `Why ${endedAt === undefined ? 'it runs' : 'it ran'} cannot be told: the server has no key to compare,`,
        ),
        renderDim(' and what it tells is the same as the last time.'),
      ];
  }
};

const formatRunReference = (run: Run | undefined): string =>
  run === undefined
    ? 'an earlier run'
    : run.index === undefined
      ? sanitizeText(run.name, {maxCells: 50})
      : `#${run.index}`;

const formatTimeBefore = (at: Instant, startedAt: Instant | undefined): string =>
  startedAt === undefined || startedAt - at < 1000 ? '' : `, ${formatDuration(startedAt - at)} before it began`;

const textByKind: Readonly<Record<Difference['kind'], string>> = {
  'artifact store': 'the artifact store',
  source: 'the name of its function',
  parameter: 'a parameter',
  input: 'an input',
  chunk: 'the piece of an input',
  output: 'the way of writing an output',
  code: 'its code',
  'materializer code': 'the code of a materializer',
  'caching parameter': 'a caching parameter',
  environment: 'its environment',
  secrets: 'its secrets',
  policy: 'its cache policy',
};

/** What there can be several of, in the plural. */
const pluralByKind: {readonly [Kind in Difference['kind']]?: string} = {
  parameter: 'parameters',
  input: 'inputs',
  chunk: 'pieces of inputs',
  'caching parameter': 'caching parameters',
};

/** `its code and 2 parameters` */
const formatKinds = (differences: readonly Difference[]): string => {
  const kinds = [...new Set(differences.map(({kind}) => kind))].map(kind => {
    const count = differences.filter(difference => difference.kind === kind).length;
    const many = pluralByKind[kind];
    return count > 1 && many !== undefined ? `${count} ${many}` : textByKind[kind];
  });
  const last = kinds.at(-1) ?? '';
  return kinds.length > 1 ? `${kinds.slice(0, -1).join(', ')} and ${last}` : last;
};

const textByHiddenFactor: Readonly<Record<HiddenFactor, string>> = {
  'artifact store': 'which artifact store it is',
  'artifact store path': 'where the artifact store lies, and for a local one who ran it',
  numbers: 'whether a parameter is 1 or 1.0',
  'file dependencies': 'the contents of the files it depends on',
  'source dependencies': 'the code it depends on',
  'cache function': 'the result of its cache function',
};

const maxValueCells = 24;

/** The same in a few words, for a step that this one reads from; `undefined` where nothing is known. */
export const formatCacheReason = (account: CacheVerdict): string | undefined => {
  switch (account.kind) {
    case 'off':
      return 'caching is off for it';

    case 'nothing to reuse':
      return 'there was nothing to reuse';

    case 'expired':
      return 'what it could have reused had expired';

    case 'too early':
    case 'not completed':
      return 'the one with the same key had not ended well by then';

    case 'differs':
      return formatChangeReason(account.differences);

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
    return `${sanitizeText(first.name, {maxCells: maxValueCells})} ${from} ${arrow} ${to}`;
  }

  return first.kind === 'input'
    ? `its input ${sanitizeText(first.name, {maxCells: maxValueCells})} changed`
    : `${formatKinds(differences)} changed`;
};
