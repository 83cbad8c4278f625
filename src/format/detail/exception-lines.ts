import type {Exception} from '../../domain/exception.js';
import {findFailingLines} from '../failing-lines.js';
import {type Line, renderDim, renderPlain, renderStrong, type Segment} from '../line.js';
import {pluralize} from '../plural.js';
import {formatPythonType} from '../python-type.js';
import {sanitizeLines, sanitizeText} from '../safe-text.js';
import {
  findRaisedMessage,
  getFileName,
  parseTraceback,
  type RaisedException,
  type TracebackFrame,
} from '../traceback.js';
import {wrapLine} from '../wrap.js';
import {getValueCells, renderField} from './field.js';

type ExceptionView = {
  readonly exception: Exception;
  /** Source of the step function; its first line is line 1. */
  readonly sourceCode: string | undefined;
  readonly width: number;
  /** Show the whole message and traceback. */
  readonly isExpanded: boolean;
  /** The key that expands the traceback, for the hint. */
  readonly expandKey: string | undefined;
};

const maxCollapsedMessageLines = 5;
const maxMessageLines = 100;
const maxTracebackLines = 500;
const maxShownCauses = 3;

const renderBad = (text: string): Segment => ({text, tone: 'bad'});

/** An exception: class and message, the failing line of the user's code, its causes, and the traceback. */
export const renderException = (view: ExceptionView): readonly Line[] => {
  const {exception} = view;
  const chain = exception.traceback === undefined ? [] : parseTraceback(exception.traceback);
  return [
    ...renderField('error', renderMessage(view, chain.at(-1))),
    ...renderUserCode(view, chain),
    ...renderCauses(view, chain),
    ...renderTraceback(view),
  ];
};

/** Servers before 0.94.1 store neither class nor message; then they are taken from the traceback if possible. */
const renderMessage = ({exception, width, isExpanded}: ExceptionView, raised: RaisedException | undefined): Line[] => {
  const name = exception.source === undefined ? undefined : formatPythonType(exception.source);
  const message = exception.message ?? (name === undefined ? findRaisedMessage(raised) : undefined);
  const [first = '', ...others] = sanitizeLines(message ?? '');
  const head: Line =
    name === undefined
      ? [renderBad(first)]
      : [{text: name, tone: 'bad'}, renderPlain(first === '' ? '' : `: ${first}`)];
  const title = name === undefined && first === '' ? [renderDim('exception (traceback only)')] : head;
  const lines = [title, ...others.map(line => [renderPlain(line)])].flatMap(line =>
    wrapLine(line, getValueCells(width)),
  );
  const limit = isExpanded ? maxMessageLines : maxCollapsedMessageLines;
  return lines.length <= limit
    ? lines
    : [...lines.slice(0, limit - 1), [renderDim(pluralize(lines.length - limit + 1, 'more line'))]];
};

const renderUserCode = (
  {exception, sourceCode, width}: ExceptionView,
  chain: readonly RaisedException[],
): readonly Line[] => {
  // The server's line is that of the oldest exception of the chain; the error shown is the last one.
  const failing = findFailingLines(exception, sourceCode).at(-1);
  const frame = failing === undefined ? findLastOwnFrame(chain) : failing.frame;
  const fromSource = failing === undefined ? undefined : sanitizeLines(sourceCode ?? '')[failing.line - 1]?.trim();
  const code = fromSource === undefined || fromSource === '' ? frame?.code : fromSource;
  const location =
    frame === undefined ? undefined : `${sanitizeText(getFileName(frame.file))}:${frame.line}, in ${frame.function}`;
  if (code === undefined && location === undefined) {
    return [];
  }

  const lines = [
    ...(code === undefined ? [] : [[renderStrong(code)]]),
    ...(location === undefined ? [] : [[renderDim(location)]]),
  ];
  // A label has room for three digits.
  const name = failing === undefined || failing.line > 999 ? 'line' : `line ${failing.line}`;
  return renderField(
    name,
    lines.flatMap(line => wrapLine(line, getValueCells(width)).slice(0, 3)),
  );
};

/** The innermost frame outside installed packages. */
const findLastOwnFrame = (chain: readonly RaisedException[]): TracebackFrame | undefined =>
  chain.at(-1)?.frames.findLast(({file}) => !/[\\/](?:site|dist)-packages[\\/]|[\\/]lib[\\/]python3|^</.test(file));

const renderCauses = ({width}: ExceptionView, chain: readonly RaisedException[]): readonly Line[] => {
  const causes = chain
    .slice(0, -1)
    .reverse()
    .filter(({error}) => error !== undefined);
  const lines = causes.slice(0, maxShownCauses).flatMap(({error = '', ledTo}) => {
    const how = ledTo === 'context' ? [renderDim('while handling ')] : [];
    return wrapLine([...how, renderPlain(error)], getValueCells(width)).slice(0, 2);
  });
  return renderField('cause', lines);
};

const renderTraceback = ({exception, width, isExpanded, expandKey}: ExceptionView): readonly Line[] => {
  const lines = sanitizeLines(exception.traceback ?? '');
  if (lines.length === 0) {
    return [];
  }

  if (!isExpanded) {
    const key = expandKey === undefined ? [] : [renderDim(' ('), renderStrong(expandKey), renderDim(' to expand)')];
    return renderField('trace', [
      [renderDim(pluralize(lines.length, 'line')), ...(key.length === 0 ? [renderDim(' (collapsed)')] : key)],
    ]);
  }

  const hiddenCount = lines.length - maxTracebackLines;
  return [
    ...renderField('trace', [[renderDim(pluralize(lines.length, 'line'))]]),
    ...lines.slice(0, maxTracebackLines).flatMap(line => wrapTracebackLine(line, width)),
    ...(hiddenCount > 0 ? [[renderDim(pluralize(hiddenCount, 'more line'))]] : []),
  ];
};

/** Uses the whole width, without a label column; continuation lines are indented deeper. */
const wrapTracebackLine = (line: string, width: number): readonly Line[] => {
  const {text, tone} = renderTracebackLine(line);
  const code = text.trimStart();
  const indent = Math.min(text.length - code.length, Math.floor(width / 3));
  const [first = [], ...others] = wrapLine([{text: code, tone}], width - indent - 4);
  return [
    [renderPlain(' '.repeat(indent)), ...first],
    ...others.map(each => [renderPlain(' '.repeat(indent + 4)), ...each]),
  ];
};

/** Locations are dimmed, so that the code stands out. */
const renderTracebackLine = (line: string): Segment =>
  /^\s*File "|^\s*[~^]+\s*$/.test(line) ? renderDim(line) : renderPlain(line);
