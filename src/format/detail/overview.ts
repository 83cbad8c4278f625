import type {Status} from '../../domain/status.js';
import {failureWords} from '../failure-words.js';
import {blankLine, dim, type Line} from '../line.js';
import {cutLine} from '../line-cells.js';
import {inputLines, outputLines} from './artifact-lines.js';
import {attemptLines, retryLines} from './attempt-lines.js';
import {cacheLines} from './cache-lines.js';
import {exceptionLines} from './exception-lines.js';
import {field} from './field.js';
import type {AttemptInput, OverviewInput} from './overview-input.js';
import {codeLines, hookLines, logLines, operatorLines} from './setup-lines.js';
import {healthLines, timeLines} from './time-lines.js';
import {usualLines} from './usual-lines.js';
import {doneLines, upstreamLines, waitingLines} from './waiting-lines.js';

/**
 * The Overview tab of a step as lines of at most `width` cells, what went wrong first:
 *
 *     error    ValueError: cannot share 7 among nobody
 *     line 4   return divide(amount, 0)
 *              failure.py:9, in explode
 *     cause    ZeroDivisionError: division by zero
 *     trace    16 lines, folded
 *
 *     started  21:08:33
 *     ended    21:08:36 · took 3s · 8m 31s ago
 *     retry    up to 2 more, wait 10s, then ×2 (10s, 20s)
 *     cache    off · set by the step (enable_cache=False)
 *     operator vertex-gpu · 1×A100 · cpu 8 · mem 64 GB
 *
 *     inputs   dataset  embeddings:17  DataFrame · from embed
 *     outputs  none
 */
export const overviewLines = (input: OverviewInput): readonly Line[] => {
  const {attempt, width, isDense = false} = input;
  const blocks =
    attempt === undefined
      ? [[...waitingLines(input), ...usualLines(input), ...doneLines(input)]]
      : blocksOf({...input, attempt});
  return blocks
    .filter(block => block.length > 0)
    .flatMap((block, index) => (index === 0 || isDense ? block : [blankLine, ...block]))
    .map(line => cutLine(line, width));
};

const blocksOf = (input: AttemptInput): readonly (readonly Line[])[] => [
  problemLines(input),
  [
    ...timeLines(input),
    ...healthLines(input),
    ...attemptLines(input),
    ...(isReused(input.attempt.status)
      ? [...cacheLines(input), ...retryLines(input)]
      : [...retryLines(input), ...cacheLines(input)]),
    ...operatorLines(input),
    ...pageLines(input),
  ],
  [...upstreamLines(input), ...inputLines(input), ...outputLines(input)],
  [...hookLines(input), ...codeLines(input), ...logLines(input)],
];

/** Of a step whose outputs were taken over, the cache is the news. */
const isReused = (status: Status): boolean => status === 'cached' || status === 'skipped';

/** What went wrong: of a failed attempt always something, if only that the server does not tell. */
const problemLines = (input: AttemptInput): readonly Line[] => {
  const {attempt, detail, width, isUnfolded, unfoldKey} = input;
  if (detail?.exception !== undefined) {
    const {exception, sourceCode} = detail;
    return exceptionLines({exception, sourceCode, width, isUnfolded: isUnfolded('traceback'), unfoldKey});
  }

  if (attempt.status !== 'failed') {
    return [];
  }

  return field('error', [
    detail === undefined ? pageWords(input) : [dim('the server keeps no exception, the log may tell')],
  ]);
};

/** A failed attempt says it at its top. */
const pageLines = (input: AttemptInput): readonly Line[] =>
  input.detail !== undefined || input.attempt.status === 'failed' ? [] : [pageWords(input)];

/** What only the attempt's own page tells is on its way, or why it is not. */
const pageWords = ({detailFailure}: AttemptInput): Line =>
  detailFailure === undefined
    ? [dim('loading…')]
    : [{text: `not loaded: ${failureWords(detailFailure)}`, tone: 'warning'}];
