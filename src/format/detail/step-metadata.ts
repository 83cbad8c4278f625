import type {Instant} from '../../domain/instant.js';
import type {Json, JsonRecord} from '../../domain/json.js';
import type {Run} from '../../domain/run.js';
import {dim, type Line, plain, strong} from '../line.js';
import {cutLine} from '../line-cells.js';
import {formatCount} from '../number.js';
import {safeText} from '../safe-text.js';
import {ago} from '../time.js';
import type {MarkedLine} from './content.js';
import {metadataInOrder} from './metadata-order.js';
import {treeLines} from './tree.js';
import {filtered} from './tree-filter.js';

/** The last time that the step got to its end, or why there is nothing to compare with. */
export type EarlierMetadata = {readonly run: Run; readonly metadata: JsonRecord} | 'looked for' | 'none' | 'not loaded';

export type MetadataView = {
  readonly width: number;
  readonly filter: string;
  readonly isToggled: (section: string) => boolean;
  readonly now: Instant;
};

/** What a step has logged about itself, its metrics above all, and how that changed since the last run. */
export const stepMetadataLines = (
  metadata: JsonRecord,
  earlier: EarlierMetadata,
  view: MetadataView,
): readonly MarkedLine[] => {
  const count = Object.keys(metadata).length;
  if (count === 0) {
    return [];
  }

  const {filter, width} = view;
  const left: Json = filtered(metadataInOrder(metadata), filter) ?? {};
  const title: Line = [
    strong(formatCount(count)),
    dim(count === 1 ? ' value of metadata' : ' values of metadata'),
    ...earlierWords(earlier, view.now),
  ];
  const tree = treeLines(left, {
    width,
    indent: 0,
    path: filter === '' ? 'metadata' : 'metadata found',
    isToggled: view.isToggled,
    openLevels: filter === '' ? 1 : Number.POSITIVE_INFINITY,
    before: typeof earlier === 'string' ? undefined : earlier.metadata,
  });
  return [{line: cutLine(title, width)}, ...tree];
};

const earlierSaid = {
  'looked for': ', looking for the last run…',
  none: ', no earlier run to compare with',
  'not loaded': ', the earlier runs did not load',
};

const earlierWords = (earlier: EarlierMetadata, now: Instant): Line => {
  if (typeof earlier === 'string') {
    return [dim(earlierSaid[earlier])];
  }

  const {index, name, createdAt} = earlier.run;
  const which = index === undefined ? safeText(name, {maxCells: 40}) : `#${index}`;
  return [dim(', change since '), plain(which), ...(createdAt === undefined ? [] : [dim(`, ${ago(createdAt, now)}`)])];
};
