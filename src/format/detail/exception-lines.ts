import type {Exception} from '../../domain/exception.js';
import {dim, type Line, plain, type Segment, strong} from '../line.js';
import {plural} from '../plural.js';
import {shortType} from '../python-type.js';
import {safeLines, safeText} from '../safe-text.js';
import {type Frame, fileName, parseTraceback, type RaisedException} from '../traceback.js';
import {wrapLine} from '../wrap.js';
import {field, valueCells} from './field.js';

export type ExceptionView = {
  readonly exception: Exception;
  /** Source of the step function; its first line is line 1. */
  readonly sourceCode: string | undefined;
  readonly width: number;
  /** The whole traceback, and the whole message. */
  readonly isUnfolded: boolean;
  /** Name of the key that unfolds it, to be told to the reader. */
  readonly unfoldKey: string | undefined;
};

const foldedMessageLines = 5;
const longestMessage = 100;
const longestTraceback = 500;
const shownCauses = 3;

const bad = (text: string): Segment => ({text, tone: 'bad'});

/** An exception: class and message, the user's own line of code, what it came of, and the traceback, folded or not. */
export const exceptionLines = (view: ExceptionView): readonly Line[] => {
  const {exception} = view;
  const chain = exception.traceback === undefined ? [] : parseTraceback(exception.traceback);
  return [
    ...field('error', messageLines(view, chain.at(-1))),
    ...userCodeLines(view, chain),
    ...causeLines(view, chain),
    ...tracebackLines(view),
  ];
};

/** Servers before 0.94.1 keep neither class nor message: the traceback may tell, or at least the line that raised. */
const messageLines = ({exception, width, isUnfolded}: ExceptionView, raised: RaisedException | undefined): Line[] => {
  const name = exception.source === undefined ? undefined : shortType(exception.source);
  const message =
    exception.message ?? (name === undefined ? (raised?.error ?? raised?.frames.at(-1)?.code) : undefined);
  const [first = '', ...others] = safeLines(message ?? '');
  const head: Line =
    name === undefined ? [bad(first)] : [{text: name, tone: 'bad'}, plain(first === '' ? '' : `: ${first}`)];
  const said = name === undefined && first === '' ? [dim('an exception of which only the traceback was kept')] : head;
  const lines = [said, ...others.map(line => [plain(line)])].flatMap(line => wrapLine(line, valueCells(width)));
  const limit = isUnfolded ? longestMessage : foldedMessageLines;
  return lines.length <= limit
    ? lines
    : [...lines.slice(0, limit - 1), [dim(`${plural(lines.length - limit + 1, 'more line')}`)]];
};

const userCodeLines = (
  {exception, sourceCode, width}: ExceptionView,
  chain: readonly RaisedException[],
): readonly Line[] => {
  const frame = exception.line === undefined ? lastOwnFrame(chain) : chain[0]?.frames[0];
  const fromSource = exception.line === undefined ? undefined : safeLines(sourceCode ?? '')[exception.line - 1]?.trim();
  const code = fromSource === undefined || fromSource === '' ? frame?.code : fromSource;
  const place =
    frame === undefined ? undefined : `${safeText(fileName(frame.file))}:${frame.line}, in ${frame.function}`;
  if (code === undefined && place === undefined) {
    return [];
  }

  const lines = [...(code === undefined ? [] : [[strong(code)]]), ...(place === undefined ? [] : [[dim(place)]])];
  const name = exception.line === undefined || exception.line > 999 ? 'line' : `line ${exception.line}`;
  return field(
    name,
    lines.flatMap(line => wrapLine(line, valueCells(width)).slice(0, 3)),
  );
};

/** The innermost frame that is not in an installed package. */
const lastOwnFrame = (chain: readonly RaisedException[]): Frame | undefined =>
  chain.at(-1)?.frames.findLast(({file}) => !/[\\/](?:site|dist)-packages[\\/]|[\\/]lib[\\/]python3|^</.test(file));

const causeLines = ({width}: ExceptionView, chain: readonly RaisedException[]): readonly Line[] => {
  const earlier = chain
    .slice(0, -1)
    .reverse()
    .filter(({error}) => error !== undefined);
  const lines = earlier.slice(0, shownCauses).flatMap(({error = '', ledTo}) => {
    const how = ledTo === 'context' ? [dim('while handling ')] : [];
    return wrapLine([...how, plain(error)], valueCells(width)).slice(0, 2);
  });
  return field('cause', lines);
};

const tracebackLines = ({exception, width, isUnfolded, unfoldKey}: ExceptionView): readonly Line[] => {
  const lines = safeLines(exception.traceback ?? '');
  if (lines.length === 0) {
    return [];
  }

  if (!isUnfolded) {
    const key = unfoldKey === undefined ? [] : [dim(', '), strong(unfoldKey), dim(' unfolds')];
    return field('trace', [[dim(plural(lines.length, 'line')), ...(key.length === 0 ? [dim(', folded')] : key)]]);
  }

  const rest = lines.length - longestTraceback;
  return [
    ...field('trace', [[dim(plural(lines.length, 'line'))]]),
    ...lines.slice(0, longestTraceback).flatMap(line => hanging(line, width)),
    ...(rest > 0 ? [[dim(plural(rest, 'more line'))]] : []),
  ];
};

/** A line over the whole width, as every cell counts; what is wrapped is indented deeper than where it began. */
const hanging = (line: string, width: number): readonly Line[] => {
  const {text, tone} = tracebackTone(line);
  const code = text.trimStart();
  const indent = Math.min(text.length - code.length, Math.floor(width / 3));
  const [first = [], ...others] = wrapLine([{text: code, tone}], width - indent - 4);
  return [[plain(' '.repeat(indent)), ...first], ...others.map(each => [plain(' '.repeat(indent + 4)), ...each])];
};

/** Where it happened explains; the code itself is what one reads. */
const tracebackTone = (line: string): Segment => (/^\s*File "|^\s*[~^]+\s*$/.test(line) ? dim(line) : plain(line));
