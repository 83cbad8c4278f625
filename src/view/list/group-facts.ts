import {getGroupDigest} from '../../domain/group-digest.js';
import {getElapsedMs, type Instant} from '../../domain/instant.js';
import type {GroupMembers, StatusCounts, StepTable} from '../../domain/step-table.js';
import {getMostUrgentStatus} from '../../domain/urgency.js';
import {formatDuration, formatWholeSeconds} from '../../format/duration.js';
import {createSegment, type Line} from '../../format/line.js';
import {formatCount} from '../../format/number.js';
import {sanitizeToWidth} from '../../format/sanitize-to-width.js';
import {getStatusTone} from '../../format/status-words.js';
import type {Theme} from '../../theme/theme.js';
import {countAllSteps, countDoneSteps, renderProgressBar} from '../header/progress.js';
import {maxRowNameCells, type RowFacts} from './row-text.js';

export type GroupContext = {
  readonly table: StepTable;
  readonly isRunOver: boolean;
  readonly isOpen: boolean;
  /** How many steps of the group match the filter; `undefined` without a filter. */
  readonly shownCount: number | undefined;
  /** By the server's clock. */
  readonly now: Instant;
};

/** The row of a group: its progress, and the most urgent status of its steps. */
export const buildGroupFacts = (group: GroupMembers, context: GroupContext, theme: Theme): RowFacts => {
  const {table, isRunOver, isOpen} = context;
  const counts = table.countsByGroup.get(group.id) ?? {};
  const status = getMostUrgentStatus(counts, isRunOver);
  const size = getGroupSize(group, table);
  const expected = {...counts, waiting: (counts.waiting ?? 0) + size - countAllSteps(counts)};
  return {
    glyph: theme.pickStatusGlyph(status),
    tone: getStatusTone(status),
    name: sanitizeToWidth(group.name, maxRowNameCells),
    lead: `${isOpen ? theme.glyph.expanded : theme.glyph.collapsed} `,
    remarks: renderCountVariants(counts, size, context.shownCount),
    renderBar: width => renderProgressBar(expected, isRunOver, width, theme),
    status,
    time: formatGroupTime(group, context),
    attempt: '',
  };
};

/** How many steps the group has, including those expected from the length of the list that is mapped. */
export const getGroupSize = (group: GroupMembers, table: StepTable): number =>
  Math.max(group.indexes.length, getGroupDigest(table, group.id).expectedCount ?? 0);

/** Done and total steps, or the total alone; with a filter, how many steps match. */
const renderCountVariants = (counts: StatusCounts, size: number, shownCount: number | undefined): readonly Line[] => {
  const total = formatCount(size);
  return shownCount === undefined
    ? [
        [createSegment(` [${formatCount(countDoneSteps(counts))}/${total}]`, 'dim')],
        [createSegment(` [${total}]`, 'dim')],
      ]
    : [
        [createSegment(` ${formatCount(shownCount)} of ${total}`, 'accent')],
        [createSegment(` ${formatCount(shownCount)}`, 'accent')],
      ];
};

const formatGroupTime = (group: GroupMembers, {table, now}: GroupContext): string => {
  const {startedAt, endedAt, active} = getGroupDigest(table, group.id);
  const isActive = active.length > 0;
  const ms = getElapsedMs({startedAt, endedAt: isActive ? undefined : endedAt}, now);
  return ms === undefined ? '' : isActive ? formatWholeSeconds(ms) : formatDuration(ms);
};
