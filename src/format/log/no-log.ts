import type {Failure} from '../../domain/failure.js';
import {formatFailure} from '../failure-words.js';
import {blankLine, type Line, renderDim, renderPlain} from '../line.js';
import {sanitizeText} from '../safe-text.js';
import {wrapLine} from '../wrap.js';

/** Why there is nothing to read. */
export type NoLogReason =
  | {readonly why: 'not-started'}
  | {readonly why: 'reused'}
  | {readonly why: 'loading'}
  | {readonly why: 'paused'}
  | {readonly why: 'failed'; readonly failure: Failure}
  | {readonly why: 'unwritten'}
  | {readonly why: 'empty'; readonly source: string}
  | {readonly why: 'left-out'; readonly count: string; readonly level: string};

/** Says so in words, and what can be done where something can. */
export const renderNoLog = (none: NoLogReason, width: number): readonly Line[] =>
  renderNoLogReason(none).flatMap(line => (line.length === 0 ? [line] : wrapLine(line, width)));

const renderNoLogReason = (none: NoLogReason): readonly Line[] => {
  switch (none.why) {
    case 'not-started':
      return [[renderPlain('not started yet: nothing has been written')]];

    case 'reused':
      return [[renderPlain('a cached step writes no log: see the original run')]];

    case 'loading':
      return [[renderDim('asking for the log')]];

    case 'paused':
      return [[renderDim('paused: the log is asked for when that is over')]];

    case 'failed':
      return renderLogFailure(none.failure);

    case 'unwritten':
      return [[renderPlain('nothing yet: what is printed gets here every 5 s')]];

    case 'empty':
      return [[renderPlain(`nothing was written to ${sanitizeText(none.source, {maxCells: 40})}`)]];

    case 'left-out':
      return [[renderPlain(`none of the ${none.count} is ${none.level}`)]];
  }
};

/** A server on another machine cannot read what lies in a folder of the one that ran the step. */
const renderLogFailure = (failure: Failure): readonly Line[] => {
  if (failure.kind !== 'forbidden') {
    return [[renderPlain(`the log did not come: ${formatFailure(failure)}`)]];
  }

  const words: Line = [renderDim(`It says: ${sanitizeText(failure.detail, {maxCells: 300})}`)];
  if (!/\blocal artifact store\b/i.test(failure.detail)) {
    return [[renderPlain('the server does not let you read this log')], words];
  }

  return [
    [renderPlain("the server may not read this artifact store's files")],
    words,
    blankLine,
    [
      renderDim(
        'The log lies in a folder of the machine that ran the step. A server that `zenml login --local` has started there ' +
          'can read it, and one with ZENML_SERVER_ALLOW_LOCAL_FILE_ACCESS=true that sees the folder.',
      ),
    ],
  ];
};
