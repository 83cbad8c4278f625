import type {ArtifactVersion} from '../../domain/artifact.js';
import type {StepDetail} from '../../domain/attempt.js';
import type {Difference} from '../../domain/cache/difference.js';
import type {Piece} from '../../domain/cache/input-difference.js';
import type {PolicyChange} from '../../domain/cache/policy-change.js';
import type {Json} from '../../domain/json.js';
import {jsonLine} from '../json-text.js';
import {dim, type Line, plain, type Segment, strong} from '../line.js';
import {arrow, nothing} from '../marks.js';
import {safeText} from '../safe-text.js';
import {diffSizeWords, sourceDiff} from '../source-diff.js';
import {cacheReason} from './cache-sentence.js';
import type {WriterStory} from './difference-lines.js';

type View = {
  readonly before: StepDetail;
  readonly after: StepDetail;
  readonly storyOf: (name: string) => WriterStory | undefined;
};

const longestValue = 60;
const to = dim(` ${arrow} `);

/** `lr  0.01 → 0.02`: what it is about, what it was and what it is. */
export const differenceWords = (difference: Difference, view: View): Line => {
  switch (difference.kind) {
    case 'artifact store':
    case 'source':
      return changed(difference, 'not told');

    case 'parameter':
    case 'caching parameter':
      return [named(difference.name), ...changedJson(difference, 'no such parameter')];

    case 'input':
      return inputWords(difference, view);

    case 'chunk':
      return [named(difference.name), dim(pieceWords(difference.from)), to, strong(pieceWords(difference.to))];

    case 'output':
      return [
        named(difference.name),
        ...changed({from: difference.from?.join(', '), to: difference.to?.join(', ')}, 'no such output'),
      ];

    case 'code':
      return codeWords(difference, view);

    case 'materializer code':
      return [
        dim('of the materializer of '),
        named(difference.output),
        ...changed({from: hashOf(difference.from), to: hashOf(difference.to)}, nothing),
      ];

    case 'environment':
      return [plain(safeText(difference.name)), dim(environmentWords[difference.change])];

    case 'secrets':
      return secretWords(difference);

    case 'policy':
      return policyWords(difference.change);
  }
};

const environmentWords = {new: ' is new', changed: ' has another value', gone: ' is gone'} as const;

const named = (name: string): Segment => plain(`${safeText(name)}  `);

type Changed<T> = {readonly from: T | undefined; readonly to: T | undefined};

const changed = ({from, to: after}: Changed<string>, absent: string): Line => [
  from === undefined ? dim(absent) : plain(safeText(from)),
  to,
  after === undefined ? dim(absent) : strong(safeText(after)),
];

const changedJson = ({from, to: after}: Changed<Json>, absent: string): Line => [
  from === undefined ? dim(absent) : plain(jsonLine(from, longestValue)),
  to,
  after === undefined ? dim(absent) : strong(jsonLine(after, longestValue)),
];

/** The beginning of a hash, as much as a reader compares. */
const hashOf = (hash: Json | undefined): string | undefined =>
  hash === undefined ? undefined : jsonLine(hash, longestValue).slice(0, 12);

const artifactWords = (artifact: ArtifactVersion | undefined): Segment =>
  artifact === undefined
    ? dim('nothing')
    : {text: safeText(`${artifact.artifactName}:${artifact.version}`), tone: 'link'};

const inputWords = (difference: Extract<Difference, {kind: 'input'}>, {storyOf}: View): Line => {
  const {name, from, to: after, writer} = difference;
  return [
    named(name),
    artifactWords(from),
    to,
    artifactWords(after),
    ...(writer === undefined ? [] : writerWords(writer, storyOf(writer))),
  ];
};

/** `, because load ran again (lr 0.1 → 0.2)` */
const writerWords = (writer: string, story: WriterStory | undefined): Line => {
  const name = plain(safeText(writer));
  if (story === undefined) {
    return [dim(', written by '), name];
  }

  if (story.came === 'from the cache') {
    return [dim(', which '), name, dim(' took from the cache')];
  }

  const reason = story.account && cacheReason(story.account);
  return [dim(', because '), name, dim(` ran again${reason === undefined ? '' : ` (${reason})`}`)];
};

const codeWords = ({from, to: after}: Changed<Json>, view: View): Line => {
  const [before, now] = [view.before.sourceCode, view.after.sourceCode];
  const said =
    before === undefined || now === undefined
      ? '; its text was not kept'
      : `: ${diffSizeWords(sourceDiff(before, now))}`;
  return [plain('of the step changed'), dim(`${said}, `), ...changed({from: hashOf(from), to: hashOf(after)}, nothing)];
};

const pieceWords = (piece: Piece | undefined): string =>
  piece === undefined
    ? 'all of it'
    : `piece ${piece.index} of ${piece.size === 1 ? '1 element' : `${piece.size} elements`}`;

const secretWords = ({added, removed}: Extract<Difference, {kind: 'secrets'}>): Line => {
  const some = (names: readonly string[], word: string) =>
    names.length === 0 ? [] : [`${names.map(name => safeText(name)).join(', ')} ${word}`];
  return [plain([...some(added, 'added'), ...some(removed, 'taken away')].join(', '))];
};

const settingWords: Readonly<Record<PolicyChange['setting'], string>> = {
  includesStepCode: 'code counts',
  includesStepParameters: 'parameters count',
  includesArtifactValues: 'contents of inputs count',
  includesArtifactIds: 'versions of inputs count',
  ignoredInputs: 'ignored inputs',
  fileDependencies: 'files',
  sourceDependencies: 'sources',
  cacheFunction: 'cache function',
  expiresAfterSeconds: 'expires after',
};

const policyWords = ({setting, from, to: after}: PolicyChange): Line => [
  named(settingWords[setting]),
  plain(settingText(from)),
  to,
  strong(settingText(after)),
];

const settingText = (value: PolicyChange['from']): string => {
  if (typeof value === 'boolean') {
    return value ? 'yes' : 'no';
  }

  const text = typeof value === 'object' ? value.join(', ') : String(value ?? '');
  return text === '' ? 'none' : safeText(text);
};
