import type {StepDetail} from '../../domain/attempt.js';
import type {Run} from '../../domain/run.js';
import {type FailingLine, failingLines} from '../failing-lines.js';
import {blankLine, dim, type Line, plain} from '../line.js';
import {pythonLines} from '../python-source.js';
import {safeLines, safeText} from '../safe-text.js';
import {diffSizeWords, sourceDiff} from '../source-diff.js';
import {wrapLine} from '../wrap.js';
import {wrapCode, wrapDiffLine} from '../wrap-code.js';
import {type MarkedLine, unmarked} from './content.js';

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
export const codeLines = (view: CodeView): readonly MarkedLine[] => {
  const {detail, isDiff} = view;
  if (detail.sourceCode === undefined) {
    return unmarked([[dim('the server keeps no source of this step')]]);
  }

  return isDiff ? unmarked(changeLines(view, detail.sourceCode)) : sourceLines(view, detail.sourceCode);
};

const sourceLines = ({detail, width}: CodeView, source: string): readonly MarkedLine[] => {
  const lines = pythonLines(source);
  const failing = failingLines(detail.exception, source);
  const numberCells = String(lines.length).length;
  const gutter = numberCells + 3;
  const numbered = lines.flatMap((line, at): readonly MarkedLine[] => {
    const number = String(at + 1).padStart(numberCells);
    const [first = [], ...others] = wrapCode(line, Math.max(8, width - gutter));
    const place = failing.findIndex(each => each.line === at + 1);
    return [
      place === -1
        ? {line: [dim(`${number}   `), ...first]}
        : {line: [{text: `${number} ✗ `, tone: 'bad'}, ...first], mark: {key: failingKey(place)}},
      ...others.map(rest => ({line: [plain(' '.repeat(gutter)), ...rest]})),
    ];
  });
  return [...unmarked(introduction(detail, width)), ...numbered, ...unmarked(raisedWords(failing, width))];
};

/** What the server says broke is the first of a chain. */
const failingKey = (place: number): string => (place === 0 ? failingLineKey : `${failingLineKey} ${place + 1}`);

const introduction = ({docstring, spec}: StepDetail, width: number): readonly Line[] => {
  const said = docstring === undefined ? [] : safeLines(docstring.trim()).map((text): Line => [plain(text.trim())]);
  const source = spec.source === undefined ? [] : [[dim(safeText(spec.source))]];
  return [...[...said, ...source].flatMap(line => wrapLine(line, width)), blankLine];
};

const raisedWords = (failing: readonly FailingLine[], width: number): readonly Line[] => {
  const lines = failing.flatMap(({line, said}): readonly Line[] =>
    said === undefined ? [] : [[{text: `✗ line ${line}: `, tone: 'bad'}, plain(safeText(said))]],
  );
  return lines.length === 0 ? [] : [blankLine, ...lines.flatMap(line => wrapLine(line, width))];
};

const changeLines = ({precedent, isPrecedentKnown, width}: CodeView, source: string): readonly Line[] => {
  if (precedent === undefined) {
    return [[dim(isPrecedentKnown ? 'no earlier run looked at has this step done' : 'looking at earlier runs…')]];
  }

  const {run, detail} = precedent;
  const name = run.index === undefined ? safeText(run.name, {maxCells: 50}) : `run #${run.index}`;
  if (detail.sourceCode === undefined) {
    return [[dim(`the server keeps no source of this step in ${name}`)]];
  }

  const diff = sourceDiff(detail.sourceCode, source);
  return diff.lines.length === 0
    ? [[dim('the same as in '), plain(name)]]
    : [
        ...wrapLine([dim('since '), plain(name), dim(`: ${diffSizeWords(diff)}`)], width),
        blankLine,
        ...diff.lines.flatMap(line => wrapDiffLine(line, width)),
      ];
};
