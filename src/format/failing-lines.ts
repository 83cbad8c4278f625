import type {Exception} from '../domain/exception.js';
import {formatPythonType} from './python-type.js';
import {sanitizeLines} from './safe-text.js';
import {parseTraceback, type RaisedException} from './traceback.js';

/** A line of a step's source that an exception passed through, counted from 1, and what the exception said. */
export type FailingLine = {readonly line: number; readonly said: string | undefined};

/**
 * Where a step broke, the first exception of a chain first. The server tells one line: the first that its traceback has of
 * the step, which in a chain is that of the oldest exception. Where the later ones were raised follows from the distance
 * between the traceback's lines, which count from the start of the file.
 */
export const findFailingLines = (exception: Exception | undefined, source: string): readonly FailingLine[] => {
  if (exception?.line === undefined) {
    return [];
  }

  const own = sanitizeLines(source);
  const chain = exception.traceback === undefined ? [] : parseTraceback(exception.traceback);
  const first = chain[0]?.frames[0];
  const isOwn = first !== undefined && (first.code === undefined || first.code === own[exception.line - 1]?.trim());
  if (chain.length < 2 || !isOwn) {
    return [{line: exception.line, said: chain.length < 2 ? formatError(exception, chain[0]) : chain[0]?.error}];
  }

  const before = first.line - exception.line;
  return chain.flatMap((raised, place): readonly FailingLine[] => {
    const frame = raised.frames.findLast(
      ({file, line}) => file === first.file && line > before && line <= before + own.length,
    );
    const said = place === chain.length - 1 ? formatError(exception, raised) : raised.error;
    return frame === undefined ? [] : [{line: frame.line - before, said}];
  });
};

/** `ValueError: cannot share 7 among nobody`, the first line of it. */
const formatError = ({source, message}: Exception, raised: RaisedException | undefined): string | undefined => {
  const name = source === undefined ? undefined : formatPythonType(source);
  const [text = ''] = sanitizeLines(message ?? '');
  const words = [name, text === '' ? undefined : text].filter(word => word !== undefined).join(': ');
  return words === '' ? raised?.error : words;
};
