import type {Exception} from '../domain/exception.js';
import {formatPythonType} from './python-type.js';
import {sanitizeLines} from './safe-text.js';
import {parseTraceback, type RaisedException, type TracebackFrame} from './traceback.js';

/** A line of a step's source, counted from 1, that an exception passed through, its frame, and the text of the exception. */
export type FailingLine = {
  readonly line: number;
  readonly message: string | undefined;
  readonly frame: TracebackFrame | undefined;
};

/**
 * The lines where a step failed, oldest exception of the chain first. The server reports one line: the first of the step in
 * the traceback, which belongs to the oldest exception. Traceback line numbers count from the start of the file, so the
 * difference from the reported line gives the lines of the later exceptions. Without the source, frames are recognized by the name
 * of the function.
 */
export const findFailingLines = (
  exception: Exception | undefined,
  source: string | undefined,
): readonly FailingLine[] => {
  if (exception?.line === undefined) {
    return [];
  }

  const own = source === undefined ? undefined : sanitizeLines(source);
  // An exception that was created but not raised, as in `raise … from ValueError()`, has no frames.
  const chain = parseTraceback(exception.traceback ?? '').filter(({frames}) => frames.length > 0);
  const first = chain[0]?.frames[0];
  const isOwn =
    first !== undefined &&
    (own === undefined || first.code === undefined || first.code === own[exception.line - 1]?.trim());
  if (chain.length < 2 || !isOwn) {
    const message = chain.length < 2 ? formatError(exception, chain[0]) : chain[0]?.error;
    return [{line: exception.line, message, frame: first}];
  }

  const offset = first.line - exception.line;
  return chain.flatMap((raised, index): readonly FailingLine[] => {
    const frame = raised.frames.findLast(
      each =>
        each.file === first.file &&
        (own === undefined ? each.function === first.function : each.line > offset && each.line <= offset + own.length),
    );
    const message = index === chain.length - 1 ? formatError(exception, raised) : raised.error;
    return frame === undefined ? [] : [{line: frame.line - offset, message, frame}];
  });
};

/** The first line of an exception as Python prints it: `ValueError: cannot share 7 among nobody`. */
const formatError = ({source, message}: Exception, raised: RaisedException | undefined): string | undefined => {
  const name = source === undefined ? undefined : formatPythonType(source);
  const [text = ''] = sanitizeLines(message ?? '');
  const words = [name, text === '' ? undefined : text].filter(word => word !== undefined).join(': ');
  return words === '' ? raised?.error : words;
};
