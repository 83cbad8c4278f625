import type {StepDetail} from '../../domain/attempt.js';
import type {Difference} from '../../domain/cache/difference.js';
import type {Mark} from '../../domain/mark.js';
import {renderPlain} from '../line.js';
import {diffSources} from '../source-diff.js';
import {wrapLine} from '../wrap.js';
import {wrapDiffLine} from '../wrap-code.js';
import type {MarkedLine} from './content.js';
import {renderDifference, type WriterVerdict} from './difference-words.js';
import {labelCells} from './field.js';

const codeSection = 'code difference';

type DifferenceView = {
  readonly width: number;
  readonly before: StepDetail;
  readonly after: StepDetail;
  readonly isToggled: (section: string) => boolean;
  /** The verdict for a step of this run; `undefined` if nothing is known about it. */
  readonly findWriterVerdict: (name: string) => WriterVerdict | undefined;
};

/** One entry for each difference, with the previous and the current value; the changed lines of code can be collapsed. */
export const renderDifferences = (differences: readonly Difference[], view: DifferenceView): readonly MarkedLine[] =>
  differences.flatMap((difference, index) => {
    const [head = [], ...others] = wrapLine(renderDifference(difference, view), Math.max(8, view.width - labelCells));
    const mark = createDifferenceMark(difference, index);
    const first: MarkedLine = {line: [renderKindLabel(difference), ...head], ...(mark === undefined ? {} : {mark})};
    const continuationLines = others.map(
      (line): MarkedLine => ({line: [renderPlain(' '.repeat(labelCells)), ...line]}),
    );
    return [first, ...continuationLines, ...renderCodeDiff(difference, view)];
  });

const labelByKind: Readonly<Record<Difference['kind'], string>> = {
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

const renderKindLabel = ({kind}: Difference) => {
  const label = labelByKind[kind];
  // A label that is as long as its column still needs a space after it.
  return {text: label.length >= labelCells ? `${label} ` : label.padEnd(labelCells), tone: 'label'} as const;
};

const createDifferenceMark = (difference: Difference, index: number): Omit<Mark, 'line'> | undefined => {
  if (difference.kind === 'code') {
    return {key: codeSection, section: codeSection};
  }

  return difference.kind === 'input' && difference.writer !== undefined
    ? {key: `input ${index} ${difference.name}`, target: {kind: 'step', name: difference.writer}}
    : undefined;
};

const renderCodeDiff = (
  difference: Difference,
  {before, after, isToggled, width}: DifferenceView,
): readonly MarkedLine[] => {
  const isShown = difference.kind === 'code' && !isToggled(codeSection);
  return isShown && before.sourceCode !== undefined && after.sourceCode !== undefined
    ? diffSources(before.sourceCode, after.sourceCode)
        .lines.flatMap(line => wrapDiffLine(line, width - 2))
        .map(line => ({line: [renderPlain('  '), ...line]}))
    : [];
};
