import type {StepDetail} from '../../domain/attempt.js';
import type {Run} from '../../domain/run.js';
import {type FailingLine, findFailingLines} from '../failing-lines.js';
import {blankLine, type Line, renderDim, renderPlain} from '../line.js';
import {renderPython} from '../python-source.js';
import {sanitizeLines, sanitizeText} from '../safe-text.js';
import {sanitizeToWidth} from '../sanitize-to-width.js';
import {diffSources, formatDiffSize} from '../source-diff.js';
import {wrapLine} from '../wrap.js';
import {wrapCode, wrapDiffLine} from '../wrap-code.js';
import {createUnmarkedLines, type MarkedLine} from './content.js';

type CodeView = {
  readonly detail: StepDetail;
  /** The step the last time it completed; `undefined` if it never did or it is not loaded yet. */
  readonly previous: {readonly run: Run; readonly detail: StepDetail} | undefined;
  /** Whether the previous runs are loaded: then `previous` is `undefined` because none of them completed the step. */
  readonly isHistoryKnown: boolean;
  /** Show the difference from the last run instead of the source. */
  readonly isDiff: boolean;
  /** Longer lines are wrapped. */
  readonly width: number;
};

/** The mark of the line that raised the exception, where the cursor starts. */
export const failingLineKey = 'failing line';

/** The docstring and source of a step, with failing lines marked; or what changed in the source since the last run. */
export const renderCode = (view: CodeView): readonly MarkedLine[] => {
  const {detail, isDiff} = view;
  if (detail.sourceCode === undefined) {
    return createUnmarkedLines([[renderDim('no source code stored for this step')]]);
  }

  return isDiff
    ? createUnmarkedLines(renderSourceChange(view, detail.sourceCode))
    : renderSource(view, detail.sourceCode);
};

const renderSource = ({detail, width}: CodeView, source: string): readonly MarkedLine[] => {
  const lines = renderPython(source);
  const failing = findFailingLines(detail.exception, source);
  const numberCells = String(lines.length).length;
  // The number is followed by a space, the mark of a failing line, and another space.
  const gutterCells = numberCells + 3;
  const sourceLines = lines.flatMap((line, lineIndex): readonly MarkedLine[] => {
    const number = String(lineIndex + 1).padStart(numberCells);
    const [first = [], ...others] = wrapCode(line, Math.max(8, width - gutterCells));
    const index = failing.findIndex(each => each.line === lineIndex + 1);
    return [
      index === -1
        ? {line: [renderDim(`${number}   `), ...first]}
        : {line: [{text: `${number} ✗ `, tone: 'bad'}, ...first], mark: {key: getFailingLineKey(index)}},
      ...others.map(rest => ({line: [renderPlain(' '.repeat(gutterCells)), ...rest]})),
    ];
  });
  return [
    ...createUnmarkedLines(renderIntroduction(detail, width)),
    ...sourceLines,
    ...createUnmarkedLines(renderRaisedMessages(failing, width)),
  ];
};

/** The first exception of a chain is the one that the server reports. */
const getFailingLineKey = (index: number): string => (index === 0 ? failingLineKey : `${failingLineKey} ${index + 1}`);

const renderIntroduction = ({docstring, spec}: StepDetail, width: number): readonly Line[] => {
  const lines =
    docstring === undefined ? [] : sanitizeLines(docstring.trim()).map((text): Line => [renderPlain(text.trim())]);
  const source = spec.source === undefined ? [] : [[renderDim(sanitizeText(spec.source))]];
  return [...[...lines, ...source].flatMap(line => wrapLine(line, width)), blankLine];
};

const renderRaisedMessages = (failing: readonly FailingLine[], width: number): readonly Line[] => {
  const lines = failing.flatMap(({line, message}): readonly Line[] =>
    message === undefined ? [] : [[{text: `✗ line ${line}: `, tone: 'bad'}, renderPlain(sanitizeText(message))]],
  );
  return lines.length === 0 ? [] : [blankLine, ...lines.flatMap(line => wrapLine(line, width))];
};

const renderSourceChange = ({previous, isHistoryKnown, width}: CodeView, source: string): readonly Line[] => {
  if (previous === undefined) {
    return [[renderDim(isHistoryKnown ? 'no recent run completed this step' : 'loading previous runs…')]];
  }

  const {run, detail} = previous;
  const name = run.index === undefined ? sanitizeToWidth(run.name, 50) : `run #${run.index}`;
  if (detail.sourceCode === undefined) {
    return [[renderDim(`no source code stored for this step in ${name}`)]];
  }

  const diff = diffSources(detail.sourceCode, source);
  return diff.lines.length === 0
    ? [[renderDim('unchanged since '), renderPlain(name)]]
    : [
        ...wrapLine([renderDim('since '), renderPlain(name), renderDim(`: ${formatDiffSize(diff)}`)], width),
        blankLine,
        ...diff.lines.flatMap(line => wrapDiffLine(line, width)),
      ];
};
