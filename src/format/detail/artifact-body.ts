import type {Instant} from '../../domain/instant.js';
import {findNumber, type JsonRecord} from '../../domain/json.js';
import type {Target} from '../../domain/mark.js';
import {formatBytes} from '../bytes.js';
import {formatFailure} from '../failure-words.js';
import {cutLine, type Line, renderDim, renderPlain, type Segment} from '../line.js';
import {formatCount} from '../number.js';
import {sanitizeText} from '../safe-text.js';
import {sanitizeToWidth} from '../sanitize-to-width.js';
import {formatAgo, formatLocalTime, type UtcOffset} from '../time.js';
import {flowFacts, wrapLine} from '../wrap.js';
import type {ArtifactEntry} from './artifact-entry.js';
import {renderReaders} from './artifact-readers.js';
import type {MarkedLine} from './content.js';
import {getValueCells, renderField} from './field.js';
import {sortMetadata} from './metadata.js';
import {renderTree} from './tree.js';

export type BodyView = {
  readonly width: number;
  readonly isToggled: (section: string) => boolean;
  readonly now: Instant;
  readonly getUtcOffset: UtcOffset;
};

/** Indentation of the labels of an open entry. */
const indentCells = 4;

type BodyRow = {
  readonly label: string;
  readonly value: readonly Line[];
  /** What the copy menu offers. */
  readonly text?: string | undefined;
  readonly target?: Target | undefined;
};

/** The details of an input or output. */
export const renderArtifactBody = (entry: ArtifactEntry, view: BodyView): readonly MarkedLine[] => {
  const room = getValueCells(view.width - indentCells);
  const rows = [...buildOriginRows(entry), ...buildArtifactRows(entry, room), ...buildDetailRows(entry, view, room)];
  return [
    ...rows.flatMap((row, index) => renderBodyRow(row, `${entry.key}/${row.label || index}`, view.width)),
    ...renderReaders(entry, {...view, indent: indentCells}),
    ...renderArtifactMetadata(entry, view),
  ];
};

const renderBodyRow = ({label, value, text, target}: BodyRow, key: string, width: number): readonly MarkedLine[] =>
  renderField(label, value).map((line, index) => {
    const indentedLine = cutLine([renderPlain(' '.repeat(indentCells)), ...line], width);
    if (index > 0 || (text === undefined && target === undefined)) {
      return {line: indentedLine};
    }

    const copyTexts = text === undefined ? {} : {copyTexts: [{what: label, text}]};
    return {line: indentedLine, mark: {key, ...copyTexts, ...(target === undefined ? {} : {target})}};
  });

const renderLink = (text: string): Segment => ({text, tone: 'link'});

const buildOriginRows = ({origin, inputType, readers}: ArtifactEntry): readonly BodyRow[] => {
  const type: readonly BodyRow[] =
    inputType === undefined ? [] : [{label: 'input', value: [[renderPlain(sanitizeToWidth(inputType, 40))]]}];
  if (origin === undefined || readers !== undefined) {
    return type;
  }

  if (origin.kind === 'here') {
    const value: Line = [renderLink(sanitizeText(origin.stepName)), renderDim(' in this run')];
    return [
      ...type,
      {label: 'from', value: [value], text: origin.stepName, target: {kind: 'step', name: origin.stepName}},
    ];
  }

  const step = origin.stepName === undefined ? renderDim('a step') : renderPlain(sanitizeText(origin.stepName));
  const run = origin.runName === undefined ? renderDim('another run') : renderLink(sanitizeText(origin.runName));
  const value: Line = [step, renderDim(origin.runName === undefined ? ' of ' : ' of run '), run];
  return [
    ...type,
    {
      label: 'from',
      value: [value],
      text: origin.runId,
      target: {kind: 'run', runId: origin.runId, stepName: origin.stepName},
    },
  ];
};

const buildArtifactRows = ({artifact, part}: ArtifactEntry, room: number): readonly BodyRow[] => {
  const {dataType, type, itemCount, uri, materializer, saveType, contentHash} = artifact;
  const buildTextRow = (value: string | undefined, label: string): readonly BodyRow[] =>
    value === undefined ? [] : [{label, value: wrapLine([renderPlain(sanitizeText(value))], room), text: value}];
  const kind = type === undefined ? [] : [[renderDim(sanitizeText(type))]];
  const types = dataType === undefined ? kind : [[renderPlain(sanitizeText(dataType))], ...kind];
  const saveFacts = [
    ...(materializer === undefined ? [] : [[renderPlain(sanitizeText(materializer))]]),
    ...(saveType === undefined ? [] : [[renderDim(sanitizeText(saveType))]]),
  ];
  return [
    ...(part === '' ? [] : [{label: 'part', value: [[renderPlain(part)]]}]),
    ...(types.length === 0 ? [] : [{label: 'type', value: flowFacts(types, room), text: dataType ?? type}]),
    ...(itemCount === undefined
      ? []
      : [{label: 'items', value: [[renderPlain(formatCount(itemCount))]], text: String(itemCount)}]),
    ...buildTextRow(uri, 'uri'),
    ...(saveFacts.length === 0
      ? []
      : [{label: 'saved by', value: flowFacts(saveFacts, room), text: materializer ?? saveType}]),
    ...buildTextRow(contentHash, 'hash'),
    ...buildTextRow(artifact.id, 'id'),
  ];
};

const buildDetailRows = (
  {detail, detailFailure, artifact}: ArtifactEntry,
  view: BodyView,
  room: number,
): readonly BodyRow[] => {
  const {createdAt} = artifact;
  const createdFacts = createdAt === undefined ? [] : [renderCreation(createdAt, view)];
  const user =
    detail?.user === undefined ? [] : [[renderDim('by '), renderPlain(sanitizeToWidth(detail.user.name, 40))]];
  const creation: readonly BodyRow[] =
    createdFacts.length + user.length === 0
      ? []
      : [{label: 'created', value: flowFacts([...createdFacts, ...user], room)}];
  if (detail === undefined) {
    const words: Line =
      detailFailure === undefined
        ? [renderDim('loading…')]
        : [{text: `could not load details: ${formatFailure(detailFailure)}`, tone: 'warning'}];
    return [...creation, {label: 'more', value: [words]}];
  }

  const visualizationTypes = detail.visualizations.map(({type}) => [renderPlain(sanitizeToWidth(type, 20))]);
  const tags = detail.tags.slice(0, 50).map((tag): Line => [renderPlain(sanitizeToWidth(tag, 40))]);
  return [
    ...creation,
    ...(tags.length === 0 ? [] : [{label: 'tags', value: flowFacts(tags, room)}]),
    ...(visualizationTypes.length === 0
      ? []
      : [
          {
            label: 'pictures',
            value: flowFacts([...visualizationTypes.slice(0, 20), [renderDim('in the dashboard')]], room),
          },
        ]),
  ];
};

const renderCreation = (createdAt: Instant, {now, getUtcOffset}: BodyView): Line => [
  renderPlain(formatLocalTime(createdAt, now, getUtcOffset)),
  renderDim(`, ${formatAgo(createdAt, now)}`),
];

const renderArtifactMetadata = ({detail, previous, key}: ArtifactEntry, view: BodyView): readonly MarkedLine[] => {
  if (detail === undefined || Object.keys(detail.metadata).length === 0) {
    return [];
  }

  const label = cutLine([renderPlain(' '.repeat(indentCells)), {text: 'metadata', tone: 'label'}], view.width);
  const tree = renderTree(sortMetadata(detail.metadata), {
    width: view.width,
    indent: indentCells,
    path: `${key}/metadata`,
    isToggled: view.isToggled,
    openLevels: 1,
    before: previous?.metadata,
  });
  return [{line: label}, ...tree.map(each => withSize(each, key, detail.metadata, view.width))];
};

/** Adds a readable size to `storage_size`, the one number whose unit is known: ZenML's own materializers write bytes. */
const withSize = (marked: MarkedLine, key: string, metadata: JsonRecord, width: number): MarkedLine => {
  const size = findNumber(metadata['storage_size']);
  if (marked.mark?.key !== `${key}/metadata/storage_size` || size === undefined) {
    return marked;
  }

  return {...marked, line: cutLine([...marked.line, renderDim(`  ${formatBytes(size)}`)], width)};
};
