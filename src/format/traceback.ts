import {sanitizeLines} from './safe-text.js';

export type TracebackFrame = {
  readonly file: string;
  readonly line: number;
  readonly function: string;
  readonly code: string | undefined;
};

/** One exception of a chain. */
export type RaisedException = {
  readonly frames: readonly TracebackFrame[];
  /** The first line, `ValueError: boom`; missing in tracebacks stored by servers before 0.96. */
  readonly error: string | undefined;
  /** How it led to the next exception of the chain: `raise … from`, or raised while handling it. */
  readonly ledTo: 'cause' | 'context' | undefined;
};

const frameLinePattern = /^\s*File "(.+)", line (\d+), in (.+)$/;
const linkByLine: Readonly<Record<string, 'cause' | 'context'>> = {
  'The above exception was the direct cause of the following exception:': 'cause',
  'During handling of the above exception, another exception occurred:': 'context',
};

/**
 * The chain of exceptions in a traceback as Python prints it, oldest first. ZenML removes everything before the first frame
 * in the user's step function, and in some versions the indentation of the first line of each frame.
 */
export const parseTraceback = (traceback: string): readonly RaisedException[] => {
  const chain: RaisedException[] = [];
  let lines: string[] = [];
  const close = (ledTo: 'cause' | 'context' | undefined) => {
    const raised = parseRaisedException(lines, ledTo);
    if (raised.frames.length > 0 || raised.error !== undefined) {
      chain.push(raised);
    }

    lines = [];
  };
  for (const line of sanitizeLines(traceback)) {
    const link = linkByLine[line.trim()];
    if (link === undefined) {
      lines.push(line);
    } else {
      close(link);
    }
  }

  close(undefined);
  return chain;
};

const parseRaisedException = (lines: readonly string[], ledTo: 'cause' | 'context' | undefined): RaisedException => {
  const frames: TracebackFrame[] = [];
  let error: string | undefined;
  let last = -1;
  for (const [index, line] of lines.entries()) {
    const match = frameLinePattern.exec(line);
    if (match !== null) {
      const [, file = '', number = '', name = ''] = match;
      const next = lines[index + 1];
      const code = next === undefined || !next.startsWith(' ') || frameLinePattern.test(next) ? undefined : next.trim();
      frames.push({file, line: Number(number), function: name, code});
      last = index;
      error = undefined;
    } else if (error === undefined && index > last && /^[\p{L}_][\p{L}\p{N}_.]*(?::|$)/u.test(line)) {
      error = line;
    }
  }

  return {frames, error, ledTo};
};

/**
 * What a traceback says about an exception if the server stores no message: the error, or the line of code that raised it. This
 * may not be the last line, because Python marks parts of that code below it.
 */
export const findRaisedMessage = (raised: RaisedException | undefined): string | undefined =>
  raised?.error ?? raised?.frames.at(-1)?.code;

/** The last part of a path of POSIX or Windows. */
export const getFileName = (path: string): string =>
  path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
