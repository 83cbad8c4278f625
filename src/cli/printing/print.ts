import type {Problem} from '../../connection/problem.js';
import {sanitizeText} from '../../format/safe-text.js';

/** Writes lines to standard output; one that nobody reads any more is no error. */
export const printLines = (lines: readonly string[]): void => {
  process.stdout.write(lines.map(line => `${line}\n`).join(''));
};

/** One sentence that says what happened, the candidates if there are any, and one sentence that says what to do. */
export const printProblem = (problem: Problem): void => {
  const candidates = problem.candidates.map(
    ({id, name, statusWord, startedAt}) =>
      `  ${id.slice(0, 8)}  ${sanitizeText(statusWord).padEnd(12)} ${formatCandidateDate(startedAt)}  ${sanitizeText(name)}`,
  );
  const lines = [`zentop: ${sanitizeText(problem.message)}`, sanitizeText(problem.hint), ...candidates];
  process.stderr.write(`${lines.join('\n')}\n`);
};

const formatCandidateDate = (at: number | undefined): string =>
  at === undefined ? ' '.repeat(20) : `${new Date(at).toISOString().slice(0, 19)}Z`;

/** One sentence about what goes on, on standard error, where it is in nobody's way. */
export const printNote = (sentence: string): void => {
  process.stderr.write(`zentop: ${sanitizeText(sentence)}\n`);
};
