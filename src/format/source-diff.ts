import {structuredPatch} from 'diff';
import {memoizeLast} from '../domain/memoize.js';
import {type Line, renderDim, renderPlain} from './line.js';
import {ellipsis} from './marks.js';
import {formatCount} from './number.js';
import {pluralize} from './plural.js';
import {sanitizeLines} from './safe-text.js';

/** Unchanged lines shown before and after a change. */
const contextLines = 3;

type DiffSize = {readonly added: number; readonly removed: number};

type SourceDiff = DiffSize & {readonly lines: readonly Line[]};

/** Sources that differ in more lines are not compared line by line, as the time grows with the square of that number. */
const maxEdits = 2000;

/** The changed lines between two sources, with some context around each change. */
export const diffSources = memoizeLast((from: string, to: string): SourceDiff => {
  const [before, after] = [sanitizeLines(from), sanitizeLines(to)];
  const options = {context: contextLines, maxEditLength: maxEdits};
  const patch = structuredPatch('', '', before.join('\n'), after.join('\n'), '', '', options);
  if (patch === undefined) {
    const lines = [[renderDim('too many changes to show line by line')]];
    return {lines, added: after.length, removed: before.length};
  }

  const {hunks} = patch;
  const lines = hunks.flatMap((hunk, index) => [
    ...(index > 0 ? [[renderDim(ellipsis)]] : []),
    ...hunk.lines.filter(line => !line.startsWith('\\')).map(renderDiffLine),
  ]);
  const count = (sign: string) => hunks.flatMap(hunk => hunk.lines).filter(line => line.startsWith(sign)).length;
  return {lines, added: count('+'), removed: count('-')};
});

const renderDiffLine = (line: string): Line => {
  const text = `${line[0] ?? ' '} ${line.slice(1)}`;
  return [line.startsWith('+') ? {text, tone: 'good'} : line.startsWith('-') ? {text, tone: 'bad'} : renderPlain(text)];
};

/** `3 lines added, 1 removed` */
export const formatDiffSize = ({added, removed}: DiffSize): string => {
  if (added > 0 && removed > 0) {
    return `${pluralize(added, 'line')} added, ${formatCount(removed)} removed`;
  }

  return added > 0
    ? `${pluralize(added, 'line')} added`
    : removed > 0
      ? `${pluralize(removed, 'line')} removed`
      : 'identical text';
};
