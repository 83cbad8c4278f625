import type {StepDetail} from '../../domain/attempt.js';
import type {CacheAccount, Unseen} from '../../domain/cache/account.js';
import type {Difference} from '../../domain/cache/difference.js';
import type {Failure} from '../../domain/failure.js';
import type {Instant} from '../../domain/instant.js';
import type {Run} from '../../domain/run.js';
import {formatDuration} from '../duration.js';
import {failureWords} from '../failure-words.js';
import {jsonLine} from '../json-text.js';
import {dim, type Line, strong} from '../line.js';
import {arrow} from '../marks.js';
import {safeText} from '../safe-text.js';
import {ago} from '../time.js';

type Input = {
  readonly account: CacheAccount;
  /** Why earlier runs cannot be looked at. */
  readonly failure: Failure | undefined;
  readonly detail: StepDetail;
  readonly now: Instant;
  readonly runOf: (detail: StepDetail) => Run | undefined;
};

/** Why the step was or was not served from the cache, in a sentence. */
export const cacheSentence = ({account, failure, detail, now, runOf}: Input): Line => {
  const {endedAt, startedAt} = detail.attempt;
  const it = endedAt === undefined ? 'It runs' : 'It ran';
  const where = (other: StepDetail) => runWord(runOf(other));
  switch (account.kind) {
    case 'reused':
      return [strong('Served from the cache.'), dim(' Nothing of what its key is made of had changed.')];

    case 'replayed':
      return [strong('Taken over by a replay.'), dim(' The cache had no say in it.')];

    case 'off':
      return [strong(`${it} because caching is off`), dim(`, set by the ${account.by} (enable_cache=False).`)];

    case 'not known yet':
      return failure === undefined
        ? [dim('looking at earlier runs of this pipeline…')]
        : [{text: `earlier runs not loaded: ${failureWords(failure)}`, tone: 'warning'}];

    case 'nothing to reuse':
      return [
        strong(`${it} because there was nothing to reuse`),
        account.latest === undefined
          ? dim(': no earlier run looked at has this step done.')
          : dim(` yet: in ${where(account.latest)} it ended ${safeText(account.latest.attempt.statusWord)}.`),
      ];

    case 'expired':
      return [
        strong(`${it} because what it could have reused had expired`),
        dim(` ${ago(account.at, now)}${beforeIt(account.at, startedAt)}.`),
      ];

    case 'too early':
      return [strong(`${it} because the one with the same key had not ended`), dim(' when this one began.')];

    case 'not completed':
      return [
        strong(`${it} because the one with the same key had not ended well`),
        dim(`: in ${where(account.other)} it ended ${safeText(account.other.attempt.statusWord)}.`),
      ];

    case 'differs':
      return [strong(`${it} because ${kindsWords(account.differences)} changed`), dim(' since the last time.')];

    case 'unseen difference':
      return [
        strong(`${it} because its key changed; what the server tells is the same as the last time.`),
        dim(` What the server does not tell: ${account.possible.map(unseen => unseenWords[unseen]).join('; ')}.`),
      ];

    case 'unexplained':
      return [
        strong(`${it} although its key is that of the last time`),
        dim('; the server does not tell why. The client may have been told not to look, or the outputs were gone.'),
      ];

    case 'no key':
      return [
        strong(`Why ${endedAt === undefined ? 'it runs' : 'it ran'} cannot be told: the server has no key to compare,`),
        dim(' and what it tells is the same as the last time.'),
      ];
  }
};

const runWord = (run: Run | undefined): string =>
  run === undefined ? 'an earlier run' : run.index === undefined ? safeText(run.name, {maxCells: 50}) : `#${run.index}`;

const beforeIt = (at: Instant, startedAt: Instant | undefined): string =>
  startedAt === undefined || startedAt - at < 1000 ? '' : `, ${formatDuration(startedAt - at)} before it began`;

const kindWords: Readonly<Record<Difference['kind'], string>> = {
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
const manyWords: {readonly [Kind in Difference['kind']]?: string} = {
  parameter: 'parameters',
  input: 'inputs',
  chunk: 'pieces of inputs',
  'caching parameter': 'caching parameters',
};

/** `its code and 2 parameters` */
const kindsWords = (differences: readonly Difference[]): string => {
  const kinds = [...new Set(differences.map(({kind}) => kind))].map(kind => {
    const count = differences.filter(difference => difference.kind === kind).length;
    const many = manyWords[kind];
    return count > 1 && many !== undefined ? `${count} ${many}` : kindWords[kind];
  });
  const last = kinds.at(-1) ?? '';
  return kinds.length > 1 ? `${kinds.slice(0, -1).join(', ')} and ${last}` : last;
};

const unseenWords: Readonly<Record<Unseen, string>> = {
  'artifact store': 'which artifact store it is',
  'artifact store path': 'where the artifact store lies, and for a local one who ran it',
  numbers: 'whether a parameter is 1 or 1.0',
  'file dependencies': 'the contents of the files it depends on',
  'source dependencies': 'the code it depends on',
  'cache function': 'the result of its cache function',
};

const shortValue = 24;

/** The same in a few words, for a step that this one reads from; `undefined` where nothing is known. */
export const cacheReason = (account: CacheAccount): string | undefined => {
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
      return changeReason(account.differences);

    default:
      return undefined;
  }
};

const changeReason = (differences: readonly Difference[]): string => {
  const [first, second] = differences;
  if (first === undefined || second !== undefined) {
    return `${kindsWords(differences)} changed`;
  }

  if (first.kind === 'parameter' && first.from !== undefined && first.to !== undefined) {
    const [from, to] = [jsonLine(first.from, shortValue), jsonLine(first.to, shortValue)];
    return `${safeText(first.name, {maxCells: shortValue})} ${from} ${arrow} ${to}`;
  }

  return first.kind === 'input'
    ? `its input ${safeText(first.name, {maxCells: shortValue})} changed`
    : `${kindsWords(differences)} changed`;
};
