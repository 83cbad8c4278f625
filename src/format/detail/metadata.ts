import type {Instant} from '../../domain/instant.js';
import {findNumber, type Json, type JsonRecord} from '../../domain/json.js';
import type {Run} from '../../domain/run.js';
import {isScalar} from '../json-parts.js';
import {cutLine, type Line, renderDim, renderPlain, renderStrong} from '../line.js';
import {formatCount} from '../number.js';
import {sanitizeToWidth} from '../sanitize-to-width.js';
import {formatAgo} from '../time.js';
import type {MarkedLine} from './content.js';
import {renderTree} from './tree.js';
import {filterTree} from './tree-filter.js';

/** The metadata of the last successful run, or of the step in it, or why there is none to compare with. */
export type PreviousMetadata = {readonly run: Run; readonly metadata: JsonRecord} | 'loading' | 'none' | 'not loaded';

export type MetadataView = {
  readonly width: number;
  readonly filter: string;
  readonly isToggled: (section: string) => boolean;
  readonly now: Instant;
};

/** The metadata of a step or a run, numbers first, and how it changed since the last successful run. */
export const renderMetadata = (
  metadata: JsonRecord,
  previous: PreviousMetadata,
  view: MetadataView,
): readonly MarkedLine[] => {
  const count = Object.keys(metadata).length;
  if (count === 0) {
    return [];
  }

  const {filter, width} = view;
  const matches: Json = filterTree(sortMetadata(metadata), filter) ?? {};
  const title: Line = [
    renderStrong(formatCount(count)),
    renderDim(count === 1 ? ' metadata value' : ' metadata values'),
    ...renderPreviousRun(previous, view.now),
  ];
  const tree = renderTree(matches, {
    width,
    indent: 0,
    path: filter === '' ? 'metadata' : 'metadata found',
    isToggled: view.isToggled,
    openLevels: filter === '' ? 1 : Number.POSITIVE_INFINITY,
    before: typeof previous === 'string' ? undefined : previous.metadata,
  });
  return [{line: cutLine(title, width)}, ...tree];
};

const textByPreviousState = {
  loading: ', loading previous runs…',
  none: ', no previous run to compare with',
  'not loaded': ', could not load previous runs',
};

const renderPreviousRun = (previous: PreviousMetadata, now: Instant): Line => {
  if (typeof previous === 'string') {
    return [renderDim(textByPreviousState[previous])];
  }

  const {index, name, createdAt} = previous.run;
  const which = index === undefined ? sanitizeToWidth(name, 40) : `#${index}`;
  return [
    renderDim(', changes since '),
    renderPlain(which),
    ...(createdAt === undefined ? [] : [renderDim(`, ${formatAgo(createdAt, now)}`)]),
  ];
};

/**
 * Numbers first, then other scalars, then the rest; each sorted by name, because the server returns them in no particular order.
 * Only names that are whole numbers, such as `0`, come before all others, as in every JavaScript object.
 */
export const sortMetadata = (metadata: JsonRecord): JsonRecord =>
  Object.fromEntries(
    Object.entries(metadata).toSorted(
      ([oneName, one], [otherName, other]) => getRank(one) - getRank(other) || (oneName < otherName ? -1 : 1),
    ),
  );

const getRank = (value: Json): number => (findNumber(value) !== undefined ? 0 : isScalar(value) ? 1 : 2);
