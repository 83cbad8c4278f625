import type {Instant} from '../../domain/instant.js';
import type {JsonRecord} from '../../domain/json.js';
import type {Target} from '../../domain/mark.js';
import {formatBytes} from '../bytes.js';
import {failureWords} from '../failure-words.js';
import {dim, type Line, plain, type Segment} from '../line.js';
import {cutLine} from '../line-cells.js';
import {formatCount} from '../number.js';
import {safeText} from '../safe-text.js';
import {ago, localTime, type UtcOffset} from '../time.js';
import {flowFacts, wrapLine} from '../wrap.js';
import type {ArtifactEntry} from './artifact-entry.js';
import {readerLines} from './artifact-readers.js';
import type {MarkedLine} from './content.js';
import {field, valueCells} from './field.js';
import {metadataInOrder} from './metadata-order.js';
import {treeLines} from './tree.js';

export type BodyView = {
  readonly width: number;
  readonly isToggled: (section: string) => boolean;
  readonly now: Instant;
  readonly utcOffset: UtcOffset;
};

/** Cells before the labels of an open entry. */
export const indentCells = 4;

type Row = {
  readonly label: string;
  readonly value: readonly Line[];
  /** What can be copied of it. */
  readonly text?: string | undefined;
  readonly target?: Target | undefined;
};

/** All that is known of one input or output. */
export const bodyLines = (entry: ArtifactEntry, view: BodyView): readonly MarkedLine[] => {
  const room = valueCells(view.width - indentCells);
  const rows = [...originRows(entry), ...artifactRows(entry, room), ...pageRows(entry, view, room)];
  return [
    ...rows.flatMap((row, place) => rowLines(row, `${entry.key}/${row.label || place}`, view.width)),
    ...readerLines(entry, {...view, indent: indentCells}),
    ...metadataLines(entry, view),
  ];
};

const rowLines = ({label, value, text, target}: Row, key: string, width: number): readonly MarkedLine[] =>
  field(label, value).map((line, place) => {
    const indented = cutLine([plain(' '.repeat(indentCells)), ...line], width);
    if (place > 0 || (text === undefined && target === undefined)) {
      return {line: indented};
    }

    const copies = text === undefined ? {} : {copies: [{what: label, text}]};
    return {line: indented, mark: {key, ...copies, ...(target === undefined ? {} : {target})}};
  });

const link = (text: string): Segment => ({text, tone: 'link'});

const originRows = ({origin, inputType, readers}: ArtifactEntry): readonly Row[] => {
  const type: readonly Row[] =
    inputType === undefined ? [] : [{label: 'input', value: [[plain(safeText(inputType, {maxCells: 40}))]]}];
  if (origin === undefined || readers !== undefined) {
    return type;
  }

  if (origin.kind === 'here') {
    const value: Line = [link(safeText(origin.stepName)), dim(', a step of this run')];
    return [
      ...type,
      {label: 'from', value: [value], text: origin.stepName, target: {kind: 'step', name: origin.stepName}},
    ];
  }

  const step = origin.stepName === undefined ? dim('a step') : plain(safeText(origin.stepName));
  const run = origin.runName === undefined ? dim('another run') : link(safeText(origin.runName));
  const value: Line = [step, dim(origin.runName === undefined ? ' of ' : ' of the run '), run];
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

const artifactRows = ({artifact, part}: ArtifactEntry, room: number): readonly Row[] => {
  const {dataType, type, itemCount, uri, materializer, saveType, contentHash} = artifact;
  const text = (value: string | undefined, label: string): readonly Row[] =>
    value === undefined ? [] : [{label, value: wrapLine([plain(safeText(value))], room), text: value}];
  const kind = type === undefined ? [] : [[dim(safeText(type))]];
  const types = dataType === undefined ? kind : [[plain(safeText(dataType))], ...kind];
  const saved = [
    ...(materializer === undefined ? [] : [[plain(safeText(materializer))]]),
    ...(saveType === undefined ? [] : [[dim(safeText(saveType))]]),
  ];
  return [
    ...(part === '' ? [] : [{label: 'part', value: [[plain(part)]]}]),
    ...(types.length === 0 ? [] : [{label: 'type', value: flowFacts(types, room), text: dataType ?? type}]),
    ...(itemCount === undefined
      ? []
      : [{label: 'items', value: [[plain(formatCount(itemCount))]], text: String(itemCount)}]),
    ...text(uri, 'uri'),
    ...(saved.length === 0 ? [] : [{label: 'saved by', value: flowFacts(saved, room), text: materializer ?? saveType}]),
    ...text(contentHash, 'hash'),
    ...text(artifact.id, 'id'),
  ];
};

const pageRows = ({page, pageFailure, artifact}: ArtifactEntry, view: BodyView, room: number): readonly Row[] => {
  const {createdAt} = artifact;
  const madeAt = createdAt === undefined ? [] : [madeFact(createdAt, view)];
  const user = page?.user === undefined ? [] : [[dim('by '), plain(safeText(page.user.name, {maxCells: 40}))]];
  const made: readonly Row[] =
    madeAt.length + user.length === 0 ? [] : [{label: 'made', value: flowFacts([...madeAt, ...user], room)}];
  if (page === undefined) {
    const words: Line =
      pageFailure === undefined
        ? [dim('loading…')]
        : [{text: `its page did not load: ${failureWords(pageFailure)}`, tone: 'warning'}];
    return [...made, {label: 'more', value: [words]}];
  }

  const shown = page.visualizations.map(({type}) => [plain(safeText(type, {maxCells: 20}))]);
  const tags = page.tags.slice(0, 50).map((tag): Line => [plain(safeText(tag, {maxCells: 40}))]);
  return [
    ...made,
    ...(tags.length === 0 ? [] : [{label: 'tags', value: flowFacts(tags, room)}]),
    ...(shown.length === 0
      ? []
      : [{label: 'pictures', value: flowFacts([...shown.slice(0, 20), [dim('in the dashboard')]], room)}]),
  ];
};

const madeFact = (createdAt: Instant, {now, utcOffset}: BodyView): Line => [
  plain(localTime(createdAt, now, utcOffset)),
  dim(`, ${ago(createdAt, now)}`),
];

const metadataLines = ({page, earlier, key}: ArtifactEntry, view: BodyView): readonly MarkedLine[] => {
  if (page === undefined || Object.keys(page.metadata).length === 0) {
    return [];
  }

  const label = cutLine([plain(' '.repeat(indentCells)), {text: 'metadata', tone: 'label'}], view.width);
  const tree = treeLines(metadataInOrder(page.metadata), {
    width: view.width,
    indent: indentCells,
    path: `${key}/metadata`,
    isToggled: view.isToggled,
    openLevels: 1,
    before: earlier?.metadata,
  });
  return [{line: label}, ...tree.map(each => withSize(each, key, page.metadata, view.width))];
};

/** The one number whose unit the server's own materializers fix: bytes. */
const withSize = (marked: MarkedLine, key: string, metadata: JsonRecord, width: number): MarkedLine => {
  const size = metadata['storage_size'];
  if (marked.mark?.key !== `${key}/metadata/storage_size` || typeof size !== 'number') {
    return marked;
  }

  return {...marked, line: cutLine([...marked.line, dim(`  ${formatBytes(size)}`)], width)};
};
