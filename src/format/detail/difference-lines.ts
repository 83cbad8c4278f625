import type {ArtifactVersion} from '../../domain/artifact.js';
import type {StepDetail} from '../../domain/attempt.js';
import type {Difference} from '../../domain/cache/difference.js';
import type {Json} from '../../domain/json.js';
import type {Mark} from '../../domain/mark.js';
import {jsonLine} from '../json-text.js';
import {dim, type Line, plain, strong} from '../line.js';
import {arrow} from '../marks.js';
import {safeText} from '../safe-text.js';
import {diffSizeWords, sourceDiff} from '../source-diff.js';
import {wrapLine} from '../wrap.js';
import type {MarkedLine} from './content.js';
import {labelCells} from './field.js';

export const codeSection = 'code difference';

type View = {
  readonly width: number;
  readonly before: StepDetail;
  readonly after: StepDetail;
  readonly isToggled: (section: string) => boolean;
  /** Whether the step with this name ran again in this run, as far as that is known. */
  readonly ranAgain: (name: string) => boolean;
};

/** What is not what it was, with both values, one after the other; the code's lines unfold. */
export const differenceLines = (differences: readonly Difference[], view: View): readonly MarkedLine[] =>
  differences.flatMap(difference => {
    const [head = [], ...others] = wrapLine(wordsOf(difference, view), Math.max(8, view.width - labelCells));
    const mark = markOf(difference);
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
  environment: 'env',
  secrets: 'secrets',
  policy: 'policy',
};

const labelled = ({kind}: Difference) => {
  const label = labels[kind];
  // The one label that is as long as its column keeps its distance all the same.
  return {text: label.length >= labelCells ? `${label} ` : label.padEnd(labelCells), tone: 'label'} as const;
};

const longestValue = 60;
const to = dim(` ${arrow} `);

const value = (json: Json | undefined, name: string) =>
  json === undefined ? dim(`no ${name}`) : strong(jsonLine(json, longestValue));

const wordsOf = (difference: Difference, view: View): Line => {
  switch (difference.kind) {
    case 'artifact store':
      return [plain(difference.from), to, plain(difference.to)];

    case 'source':
      return [plain(safeText(difference.from ?? 'unknown')), to, strong(safeText(difference.to ?? 'unknown'))];

    case 'parameter':
      return [
        plain(`${safeText(difference.name)}  `),
        value(difference.from, 'such parameter'),
        to,
        value(difference.to, 'such parameter'),
      ];

    case 'input':
      return inputWords(difference, view);

    case 'chunk':
      return [plain(safeText(difference.name)), dim(': another piece of it, or cut into other pieces')];

    case 'output':
      return [plain(safeText(difference.name)), dim(': written by another materializer')];

    case 'code':
      return codeWords(view);

    case 'materializer code':
      return [dim('of the materializer of '), plain(safeText(difference.output)), dim(' changed')];

    case 'environment':
      return [plain(safeText(difference.name)), dim(' was added, changed or taken away')];

    case 'secrets':
      return [dim('other secrets are named')];

    case 'policy':
      return [dim('the cache policy itself changed')];
  }
};

const artifactWords = (artifact: ArtifactVersion | undefined) =>
  artifact === undefined
    ? dim('nothing')
    : ({text: safeText(`${artifact.artifactName}:${artifact.version}`), tone: 'link'} as const);

const inputWords = (difference: Extract<Difference, {kind: 'input'}>, {ranAgain}: View): Line => {
  const {name, writer} = difference;
  const why =
    writer === undefined
      ? []
      : [
          dim(ranAgain(writer) ? ', because ' : ', written by '),
          plain(safeText(writer)),
          dim(ranAgain(writer) ? ' ran again' : ''),
        ];
  return [plain(`${safeText(name)}  `), artifactWords(difference.from), to, artifactWords(difference.to), ...why];
};

const codeWords = ({before, after}: View): Line => {
  if (before.sourceCode === undefined || after.sourceCode === undefined) {
    return [plain('of the step changed'), dim('; its text was not kept')];
  }

  const diff = sourceDiff(before.sourceCode, after.sourceCode);
  return [plain('of the step changed'), dim(`: ${diffSizeWords(diff)}`)];
};

const markOf = (difference: Difference): Omit<Mark, 'line'> | undefined => {
  if (difference.kind === 'code') {
    return {key: codeSection, target: {kind: 'fold', section: codeSection}, fold: codeSection};
  }

  return difference.kind === 'input' && difference.writer !== undefined
    ? {key: `input ${difference.name}`, target: {kind: 'step', name: difference.writer}}
    : undefined;
};

const unfolded = (difference: Difference, {before, after, isToggled, width}: View): readonly MarkedLine[] => {
  const isShown = difference.kind === 'code' && !isToggled(codeSection);
  return isShown && before.sourceCode !== undefined && after.sourceCode !== undefined
    ? sourceDiff(before.sourceCode, after.sourceCode)
        .lines.flatMap(line => wrapLine(line, Math.max(8, width - 2)))
        .map(line => ({line: [plain('  '), ...line]}))
    : [];
};
