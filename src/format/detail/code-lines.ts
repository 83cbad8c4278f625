import type {StepDetail} from '../../domain/attempt.js';
import type {Run} from '../../domain/run.js';
import {type FailingLine, findFailingLines} from '../failing-lines.js';
import {blankLine, type Line, renderDim, renderPlain} from '../line.js';
import {renderPython} from '../python-source.js';
import {sanitizeLines, sanitizeText} from '../safe-text.js';
import {diffSources, formatDiffSize} from '../source-diff.js';
import {wrapLine} from '../wrap.js';
import {wrapCode, wrapDiffLine} from '../wrap-code.js';
import {createUnmarkedLines, type MarkedLine} from './content.js';

export type CodeView = {
  readonly detail: StepDetail;
  /** The step as it was the last time it got to its end; `undefined`: there is none, or it is not known yet. */
  readonly precedent: {readonly run: Run; readonly detail: StepDetail} | undefined;
  readonly isPrecedentKnown: boolean;
  /** The difference to the last run is wanted in place of the source. */
  readonly isDiff: boolean;
  /** Cells of a line; longer ones are broken. */
  readonly width: number;
};

/** The mark of the line that raised the exception: the cursor goes there first. */
export const failingLineKey = 'failing line';

/** What the step says of itself and its source, the line marked that broke; or what changed in it since the last run. */
export const renderCode = (view: CodeView): readonly MarkedLine[] => {
  const {detail, isDiff} = view;
  if (detail.sourceCode === undefined) {
    return createUnmarkedLines([[renderDim('the server keeps no source of this step')]]);
  }

  return isDiff
    ? createUnmarkedLines(renderSourceChange(view, detail.sourceCode))
    : renderSource(view, detail.sourceCode);
};

const renderSource = ({detail, width}: CodeView, source: string): readonly MarkedLine[] => {
  const lines = renderPython(source);
  const failing = findFailingLines(detail.exception, source);
  const numberCells = String(lines.length).length;
  const gutter = numberCells + 3;
  const numbered = lines.flatMap((line, at): readonly MarkedLine[] => {
    const number = String(at + 1).padStart(numberCells);
    const [first = [], ...others] = wrapCode(line, Math.max(8, width - gutter));
    const place = failing.findIndex(each => each.line === at + 1);
    return [
      place === -1
        ? {line: [renderDim(`${number}   `), ...first]}
        : {line: [{text: `${number} ✗ `, tone: 'bad'}, ...first], mark: {key: getFailingLineKey(place)}},
      ...others.map(rest => ({line: [renderPlain(' '.repeat(gutter)), ...rest]})),
    ];
  });
  return [
    ...createUnmarkedLines(renderIntroduction(detail, width)),
    ...numbered,
    ...createUnmarkedLines(renderRaised(failing, width)),
  ];
};

/** What the server says broke is the first of a chain. */
const getFailingLineKey = (place: number): string => (place === 0 ? failingLineKey : `${failingLineKey} ${place + 1}`);

const renderIntroduction = ({docstring, spec}: StepDetail, width: number): readonly Line[] => {
  const said =
    docstring === undefined ? [] : sanitizeLines(docstring.trim()).map((text): Line => [renderPlain(text.trim())]);
  const source = spec.source === undefined ? [] : [[renderDim(sanitizeText(spec.source))]];
  return [...[...said, ...source].flatMap(line => wrapLine(line, width)), blankLine];
};

const renderRaised = (failing: readonly FailingLine[], width: number): readonly Line[] => {
  const lines = failing.flatMap(({line, said}): readonly Line[] =>
    said === undefined ? [] : [[{text: `✗ line ${line}: `, tone: 'bad'}, renderPlain(sanitizeText(said))]],
  );
  return lines.length === 0 ? [] : [blankLine, ...lines.flatMap(line => wrapLine(line, width))];
};

const renderSourceChange = ({precedent, isPrecedentKnown, width}: CodeView, source: string): readonly Line[] => {
  if (precedent === undefined) {
    return [[renderDim(isPrecedentKnown ? 'no earlier run looked at has this step done' : 'looking at earlier runs…')]];
  }

  const {run, detail} = precedent;
  const name = run.index === undefined ? sanitizeText(run.name, {maxCells: 50}) : `run #${run.index}`;
  if (detail.sourceCode === undefined) {
    return [[renderDim(`the server keeps no source of this step in ${name}`)]];
  }

  const diff = diffSources(detail.sourceCode, source);
  return diff.lines.length === 0
    ? [[renderDim('the same as in '), renderPlain(name)]]
    : [
        ...wrapLine([renderDim('since '), renderPlain(name), renderDim(`: ${formatDiffSize(diff)}`)], width),
        blankLine,
        ...diff.lines.flatMap(line => wrapDiffLine(line, width)),
      ];
};
