import type {ArtifactVersion} from '../../domain/artifact.js';
import type {StepDetail} from '../../domain/attempt.js';
import type {Difference} from '../../domain/cache/difference.js';
import type {InputChunk} from '../../domain/cache/input-difference.js';
import type {PolicyChange} from '../../domain/cache/policy-change.js';
import type {CacheVerdict} from '../../domain/cache/verdict.js';
import type {Json} from '../../domain/json.js';
import {formatJsonLine} from '../json-text.js';
import {type Line, renderDim, renderPlain, renderStrong, type Segment} from '../line.js';
import {arrow, noValue} from '../marks.js';
import {pluralize} from '../plural.js';
import {sanitizeText} from '../safe-text.js';
import {diffSources, formatDiffSize} from '../source-diff.js';
import {formatCacheReason} from './cache-reason.js';

/** How a step of this run got its outputs. */
export type WriterVerdict = {
  readonly outcome: 'ran again' | 'from the cache';
  /** Why it ran, if that is known. */
  readonly verdict: CacheVerdict | undefined;
};

type DifferenceWordsView = {
  readonly before: StepDetail;
  readonly after: StepDetail;
  readonly findWriterVerdict: (name: string) => WriterVerdict | undefined;
};

const maxValueCells = 60;
const arrowSegment = renderDim(` ${arrow} `);

/** `lr  0.01 → 0.02`: the name, the previous and the current value. */
export const renderDifference = (difference: Difference, view: DifferenceWordsView): Line => {
  switch (difference.kind) {
    case 'artifact store':
    case 'source':
      return renderChange(difference, 'unknown');

    case 'parameter':
    case 'caching parameter':
      return [renderName(difference.name), ...renderJsonChange(difference, 'not set')];

    case 'input':
      return renderInput(difference, view);

    case 'chunk':
      return [
        renderName(difference.name),
        renderDim(formatInputChunk(difference.from)),
        arrowSegment,
        renderStrong(formatInputChunk(difference.to)),
      ];

    case 'output':
      return [
        renderName(difference.name),
        ...renderChange({from: difference.from?.join(', '), to: difference.to?.join(', ')}, 'none'),
      ];

    case 'code':
      return renderCodeChange(difference, view);

    case 'materializer code':
      return [
        renderDim('materializer of '),
        renderName(difference.output),
        ...renderChange({from: formatHash(difference.from), to: formatHash(difference.to)}, noValue),
      ];

    case 'environment':
      return [renderPlain(sanitizeText(difference.name)), renderDim(textByEnvironmentChange[difference.change])];

    case 'secrets':
      return renderSecrets(difference);

    case 'policy':
      return renderPolicyChange(difference.change);
  }
};

const textByEnvironmentChange = {new: ' added', changed: ' changed', gone: ' removed'} as const;

const renderName = (name: string): Segment => renderPlain(`${sanitizeText(name)}  `);

type ValueChange<T> = {readonly from: T | undefined; readonly to: T | undefined};

const renderChange = ({from, to}: ValueChange<string>, absent: string): Line => [
  from === undefined ? renderDim(absent) : renderPlain(sanitizeText(from)),
  arrowSegment,
  to === undefined ? renderDim(absent) : renderStrong(sanitizeText(to)),
];

const renderJsonChange = ({from, to}: ValueChange<Json>, absent: string): Line => [
  from === undefined ? renderDim(absent) : renderPlain(formatJsonLine(from, maxValueCells)),
  arrowSegment,
  to === undefined ? renderDim(absent) : renderStrong(formatJsonLine(to, maxValueCells)),
];

/** The start of a hash, long enough to compare. */
const formatHash = (hash: Json | undefined): string | undefined =>
  hash === undefined ? undefined : formatJsonLine(hash, maxValueCells).slice(0, 12);

const renderArtifact = (artifact: ArtifactVersion | undefined): Segment =>
  artifact === undefined
    ? renderDim('none')
    : {text: sanitizeText(`${artifact.artifactName}:${artifact.version}`), tone: 'link'};

const renderInput = (
  difference: Extract<Difference, {kind: 'input'}>,
  {findWriterVerdict}: DifferenceWordsView,
): Line => {
  const {name, from, to, writer} = difference;
  return [
    renderName(name),
    renderArtifact(from),
    arrowSegment,
    renderArtifact(to),
    ...(writer === undefined ? [] : renderWriter(writer, findWriterVerdict(writer))),
  ];
};

/** `, because load ran again (lr 0.1 → 0.2)` */
const renderWriter = (writer: string, found: WriterVerdict | undefined): Line => {
  const name = renderPlain(sanitizeText(writer));
  if (found === undefined) {
    return [renderDim(', written by '), name];
  }

  if (found.outcome === 'from the cache') {
    return [renderDim(', which '), name, renderDim(' reused from the cache')];
  }

  const reason = found.verdict && formatCacheReason(found.verdict);
  return [renderDim(', because '), name, renderDim(` ran again${reason === undefined ? '' : ` (${reason})`}`)];
};

const renderCodeChange = ({from, to}: ValueChange<Json>, view: DifferenceWordsView): Line => {
  const [before, now] = [view.before.sourceCode, view.after.sourceCode];
  const size =
    before === undefined || now === undefined ? '; source not stored' : `: ${formatDiffSize(diffSources(before, now))}`;
  return [
    renderPlain('step code changed'),
    renderDim(`${size}, `),
    ...renderChange({from: formatHash(from), to: formatHash(to)}, noValue),
  ];
};

const formatInputChunk = (chunk: InputChunk | undefined): string =>
  chunk === undefined ? 'whole input' : `chunk ${chunk.index} (${pluralize(chunk.size, 'element')})`;

const renderSecrets = ({added, removed}: Extract<Difference, {kind: 'secrets'}>): Line => {
  const formatNames = (names: readonly string[], word: string) =>
    names.length === 0 ? [] : [`${names.map(name => sanitizeText(name)).join(', ')} ${word}`];
  return [renderPlain([...formatNames(added, 'added'), ...formatNames(removed, 'removed')].join(', '))];
};

const labelBySetting: Readonly<Record<PolicyChange['setting'], string>> = {
  includesStepCode: 'includes code',
  includesStepParameters: 'includes parameters',
  includesArtifactValues: 'includes input contents',
  includesArtifactIds: 'includes input versions',
  ignoredInputs: 'ignored inputs',
  fileDependencies: 'files',
  sourceDependencies: 'sources',
  cacheFunction: 'cache function',
  expiresAfterSeconds: 'expires after',
};

const renderPolicyChange = ({setting, from, to}: PolicyChange): Line => [
  renderName(labelBySetting[setting]),
  renderPlain(formatSetting(from)),
  arrowSegment,
  renderStrong(formatSetting(to)),
];

const formatSetting = (value: PolicyChange['from']): string => {
  if (typeof value === 'boolean') {
    return value ? 'yes' : 'no';
  }

  const text = typeof value === 'object' ? value.join(', ') : String(value ?? '');
  return text === '' ? 'none' : sanitizeText(text);
};
