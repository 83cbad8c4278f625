import type {Failure} from '../../domain/failure.js';
import {formatFailure} from '../failure-words.js';
import {blankLine, type Line, renderDim, renderPlain} from '../line.js';
import {pluralize} from '../plural.js';
import {sanitizeToWidth} from '../sanitize-to-width.js';
import {wrapLine} from '../wrap.js';

/** Why there is no log to show. */
export type NoLogReason =
  | {readonly kind: 'not-started'}
  /** The run ended before the step started; `blocking` are the unsuccessful steps upstream of it. */
  | {readonly kind: 'never-ran'; readonly blocking: readonly {readonly name: string; readonly status: string}[]}
  | {readonly kind: 'unsupported'}
  | {readonly kind: 'reused'}
  | {readonly kind: 'loading'}
  /** `key` resumes updates. */
  | {readonly kind: 'paused'; readonly key: string}
  | {readonly kind: 'failed'; readonly failure: Failure}
  | {readonly kind: 'unwritten'}
  | {readonly kind: 'empty'; readonly source: string}
  /** The level filter hides every line: `12 lines`, `warnings or errors`. */
  | {readonly kind: 'left-out'; readonly lines: string; readonly level: string};

/** Explains why there is no log, and what can be done about it. */
export const renderNoLog = (reason: NoLogReason, width: number): readonly Line[] =>
  renderNoLogReason(reason).flatMap(line => (line.length === 0 ? [line] : wrapLine(line, width)));

const renderNoLogReason = (reason: NoLogReason): readonly Line[] => {
  switch (reason.kind) {
    case 'not-started':
      return [[renderPlain('not started: no log yet')]];

    case 'never-ran':
      return [[renderPlain(`did not run${formatBlocking(reason.blocking)}`)]];

    case 'unsupported':
      return [[renderPlain('this server has no run logs: they need ZenML 0.81 or later')]];

    case 'reused':
      return [[renderPlain('a step that reused outputs has no log: see the original run')]];

    case 'loading':
      return [[renderDim('loading log…')]];

    case 'paused':
      return [[renderDim(`updates paused: press ${reason.key} to load the log`)]];

    case 'failed':
      return renderLogFailure(reason.failure);

    case 'unwritten':
      return [[renderPlain('no output yet (logs arrive about every 5 s)')]];

    case 'empty':
      return [[renderPlain(`log “${sanitizeToWidth(reason.source, 40)}” is empty`)]];

    case 'left-out':
      return [[renderPlain(`no ${reason.level} in ${reason.lines}`)]];
  }
};

const formatBlocking = ([first, ...others]: readonly {readonly name: string; readonly status: string}[]): string => {
  if (first === undefined) {
    return ': the run ended first';
  }

  const more = others.length === 0 ? '' : ` (and ${pluralize(others.length, 'more', 'more')})`;
  return `: step ${sanitizeToWidth(first.name, 40)}, upstream of it, ${sanitizeToWidth(first.status, 20)}${more}`;
};

/** A server cannot read a local artifact store on another machine. */
const renderLogFailure = (failure: Failure): readonly Line[] => {
  if (failure.kind !== 'forbidden') {
    return [[renderPlain(`could not load the log: ${formatFailure(failure)}`)]];
  }

  const words: Line = [renderDim(`server message: ${sanitizeToWidth(failure.detail, 300)}`)];
  if (!/\blocal artifact store\b/i.test(failure.detail)) {
    return [[renderPlain('the server denied access to this log')], words];
  }

  return [
    [renderPlain('the server cannot access the files of this artifact store')],
    words,
    blankLine,
    [
      renderDim(
        'The log is in a directory on the machine that ran the step. A server started there with `zenml login --local` ' +
          'can read it, or a server with ZENML_SERVER_ALLOW_LOCAL_FILE_ACCESS=true that can see the directory.',
      ),
    ],
  ];
};
