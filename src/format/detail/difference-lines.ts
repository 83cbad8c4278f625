import type {StepDetail} from '../../domain/attempt.js';
import type {CacheAccount} from '../../domain/cache/account.js';
import type {Difference} from '../../domain/cache/difference.js';
import type {Mark} from '../../domain/mark.js';
import {plain} from '../line.js';
import {sourceDiff} from '../source-diff.js';
import {wrapLine} from '../wrap.js';
import {wrapDiffLine} from '../wrap-code.js';
import type {MarkedLine} from './content.js';
import {differenceWords} from './difference-words.js';
import {labelCells} from './field.js';

export const codeSection = 'code difference';

/** How a step of this run came by what it wrote. */
export type WriterStory = {
  readonly came: 'ran again' | 'from the cache';
  /** Why it ran, as far as that is known. */
  readonly account: CacheAccount | undefined;
};

export type DifferenceView = {
  readonly width: number;
  readonly before: StepDetail;
  readonly after: StepDetail;
  readonly isToggled: (section: string) => boolean;
  /** Of the step with this name; `undefined` where nothing is known of it. */
  readonly storyOf: (name: string) => WriterStory | undefined;
};

/** What is not what it was, with both values, one after the other; the code's lines unfold. */
export const differenceLines = (differences: readonly Difference[], view: DifferenceView): readonly MarkedLine[] =>
  differences.flatMap((difference, place) => {
    const [head = [], ...others] = wrapLine(differenceWords(difference, view), Math.max(8, view.width - labelCells));
    const mark = markOf(difference, place);
    const first: MarkedLine = {line: [labelled(difference), ...head], ...(mark === undefined ? {} : {mark})};
    const rest = others.map((line): MarkedLine => ({line: [plain(' '.repeat(labelCells)), ...line]}));
    return [first, ...rest, ...unfolded(difference, view)];
  });

const labels: Readonly<Record<Difference['kind'], string>> = {
  'artifact store': 'store',
  source: 'source',
  parameter: 'parameter',
  input: 'input',
  chunk: 'input',
  output: 'output',
  code: 'code',
  'materializer code': 'code',
  'caching parameter': 'caching',
  environment: 'env',
  secrets: 'secrets',
  policy: 'policy',
};

const labelled = ({kind}: Difference) => {
  const label = labels[kind];
  // The one label that is as long as its column keeps its distance all the same.
  return {text: label.length >= labelCells ? `${label} ` : label.padEnd(labelCells), tone: 'label'} as const;
};

const markOf = (difference: Difference, place: number): Omit<Mark, 'line'> | undefined => {
  if (difference.kind === 'code') {
    return {key: codeSection, target: {kind: 'fold', section: codeSection}, fold: codeSection};
  }

  return difference.kind === 'input' && difference.writer !== undefined
    ? {key: `input ${place} ${difference.name}`, target: {kind: 'step', name: difference.writer}}
    : undefined;
};

const unfolded = (difference: Difference, {before, after, isToggled, width}: DifferenceView): readonly MarkedLine[] => {
  const isShown = difference.kind === 'code' && !isToggled(codeSection);
  return isShown && before.sourceCode !== undefined && after.sourceCode !== undefined
    ? sourceDiff(before.sourceCode, after.sourceCode)
        .lines.flatMap(line => wrapDiffLine(line, width - 2))
        .map(line => ({line: [plain('  '), ...line]}))
    : [];
};
