import type {Failure} from '../../domain/failure.js';
import {failureWords} from '../failure-words.js';
import {blankLine, dim, type Line, plain} from '../line.js';
import {safeText} from '../safe-text.js';
import {wrapLine} from '../wrap.js';

/** Why there is nothing to read. */
export type NoLog =
  | {readonly why: 'not-started'}
  | {readonly why: 'reused'}
  | {readonly why: 'loading'}
  | {readonly why: 'paused'}
  | {readonly why: 'failed'; readonly failure: Failure}
  | {readonly why: 'unwritten'}
  | {readonly why: 'empty'; readonly source: string}
  | {readonly why: 'left-out'; readonly count: string; readonly level: string};

/** Says so in words, and what can be done where something can. */
export const noLogLines = (none: NoLog, width: number): readonly Line[] =>
  linesOf(none).flatMap(line => (line.length === 0 ? [line] : wrapLine(line, width)));

const linesOf = (none: NoLog): readonly Line[] => {
  switch (none.why) {
    case 'not-started':
      return [[plain('not started yet: nothing has been written')]];

    case 'reused':
      return [[plain('a cached step writes no log: see the original run')]];

    case 'loading':
      return [[dim('asking for the log')]];

    case 'paused':
      return [[dim('paused: the log is asked for when that is over')]];

    case 'failed':
      return failedLines(none.failure);

    case 'unwritten':
      return [[plain('nothing yet: what is printed gets here every 5 s')]];

    case 'empty':
      return [[plain(`nothing was written to ${safeText(none.source, {maxCells: 40})}`)]];

    case 'left-out':
      return [[plain(`none of the ${none.count} is ${none.level}`)]];
  }
};

/** A server on another machine cannot read what lies in a folder of the one that ran the step. */
const failedLines = (failure: Failure): readonly Line[] => {
  if (failure.kind !== 'forbidden') {
    return [[plain(`the log did not come: ${failureWords(failure)}`)]];
  }

  const words: Line = [dim(`It says: ${safeText(failure.detail, {maxCells: 300})}`)];
  if (!/\blocal artifact store\b/i.test(failure.detail)) {
    return [[plain('the server does not let you read this log')], words];
  }

  return [
    [plain("the server may not read this artifact store's files")],
    words,
    blankLine,
    [
      dim(
        'The log lies in a folder of the machine that ran the step. A server that `zenml login --local` has started there ' +
          'can read it, and one with ZENML_SERVER_ALLOW_LOCAL_FILE_ACCESS=true that sees the folder.',
      ),
    ],
  ];
};
