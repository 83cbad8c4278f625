import type {Problem} from '../../connection/problem.js';
import {sanitizeText} from '../../format/safe-text.js';
import {detectCapabilities} from '../../terminal/capabilities.js';

/** Writes lines to standard output. */
export const printLines = (lines: readonly string[]): void => {
  process.stdout.write(lines.map(line => `${line}\n`).join(''));
};

const asciiByPunctuation: Readonly<Record<string, string>> = {
  '“': '"',
  '”': '"',
  '’': "'",
  '…': '...',
  '→': '->',
  '×': 'x',
  '–': '-',
};

/** Replaces typographic punctuation with ASCII if the locale is not UTF-8; other characters, such as letters in names, stay as they are. */
export const adaptPunctuation = (text: string): string => {
  const {env, platform} = process;
  const {hasUnicode} = detectCapabilities({env, platform, isInputTty: false, isOutputTty: false});
  return hasUnicode
    ? text
    : text.replace(/[\u201c\u201d\u2019\u2026\u2192\u00d7\u2013]/g, mark => asciiByPunctuation[mark] ?? mark);
};

/** Prints to standard error what happened, what to do, and candidates if there are any. */
export const printProblem = ({
  message,
  hint,
  candidates = [],
}: Pick<Problem, 'message' | 'hint'> & Partial<Pick<Problem, 'candidates'>>): void => {
  const candidateLines = candidates.map(
    ({id, name, statusWord, startedAt}) =>
      `  ${id.slice(0, 8)}  ${sanitizeText(statusWord).padEnd(12)} ${formatCandidateDate(startedAt)}  ${sanitizeText(name)}`,
  );
  const lines = [`zentop: ${sanitizeText(message)}`, sanitizeText(hint), ...candidateLines];
  process.stderr.write(adaptPunctuation(`${lines.join('\n')}\n`));
};

const formatCandidateDate = (at: number | undefined): string =>
  at === undefined ? ' '.repeat(20) : `${new Date(at).toISOString().slice(0, 19)}Z`;

/** Prints a sentence to standard error. */
export const printNote = (sentence: string): void => {
  process.stderr.write(adaptPunctuation(`zentop: ${sanitizeText(sentence)}\n`));
};
