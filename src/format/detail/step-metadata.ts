import type {Instant} from '../../domain/instant.js';
import type {Json, JsonRecord} from '../../domain/json.js';
import type {Run} from '../../domain/run.js';
import {cutLine, type Line, renderDim, renderPlain, renderStrong} from '../line.js';
import {formatCount} from '../number.js';
import {sanitizeText} from '../safe-text.js';
import {formatAgo} from '../time.js';
import type {MarkedLine} from './content.js';
import {sortMetadata} from './sort-metadata.js';
import {renderTree} from './tree.js';
import {filterTree} from './tree-filter.js';

/** The last time that the step got to its end, or why there is nothing to compare with. */
export type PreviousMetadata =
  | {readonly run: Run; readonly metadata: JsonRecord}
  | 'looked for'
  | 'none'
  | 'not loaded';

export type MetadataView = {
  readonly width: number;
  readonly filter: string;
  readonly isToggled: (section: string) => boolean;
  readonly now: Instant;
};

/** What a step has logged about itself, its metrics above all, and how that changed since the last run. */
export const renderStepMetadata = (
  metadata: JsonRecord,
  earlier: PreviousMetadata,
  view: MetadataView,
): readonly MarkedLine[] => {
  const count = Object.keys(metadata).length;
  if (count === 0) {
    return [];
  }

  const {filter, width} = view;
  const left: Json = filterTree(sortMetadata(metadata), filter) ?? {};
  const title: Line = [
    renderStrong(formatCount(count)),
    renderDim(count === 1 ? ' value of metadata' : ' values of metadata'),
    ...renderPreviousRun(earlier, view.now),
  ];
  const tree = renderTree(left, {
    width,
    indent: 0,
    path: filter === '' ? 'metadata' : 'metadata found',
    isToggled: view.isToggled,
    openLevels: filter === '' ? 1 : Number.POSITIVE_INFINITY,
    before: typeof earlier === 'string' ? undefined : earlier.metadata,
  });
  return [{line: cutLine(title, width)}, ...tree];
};

const textByPreviousState = {
  'looked for': ', looking for the last run…',
  none: ', no earlier run to compare with',
  'not loaded': ', the earlier runs did not load',
};

const renderPreviousRun = (earlier: PreviousMetadata, now: Instant): Line => {
  if (typeof earlier === 'string') {
    return [renderDim(textByPreviousState[earlier])];
  }

  const {index, name, createdAt} = earlier.run;
  const which = index === undefined ? sanitizeText(name, {maxCells: 40}) : `#${index}`;
  return [
    renderDim(', change since '),
    renderPlain(which),
    ...(createdAt === undefined ? [] : [renderDim(`, ${formatAgo(createdAt, now)}`)]),
  ];
};
