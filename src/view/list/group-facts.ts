import {groupDigest} from '../../domain/group-digest.js';
import {elapsedMs, type Instant} from '../../domain/instant.js';
import type {Counts, GroupMembers, StepTable} from '../../domain/step-table.js';
import {worstStatus} from '../../domain/urgency.js';
import {formatDuration} from '../../format/duration.js';
import {formatCount} from '../../format/number.js';
import {safeText} from '../../format/safe-text.js';
import {toneOfStatus} from '../../format/status-words.js';
import type {Theme} from '../../theme/theme.js';
import {barPieces, doneOf, totalOf} from '../header/progress.js';
import {type Pieces, piece} from '../pieces.js';
import type {RowFacts} from './row-text.js';

export type GroupSurroundings = {
  readonly table: StepTable;
  readonly isRunOver: boolean;
  readonly isOpen: boolean;
  /** How many of its steps are let through, where not all need be. */
  readonly shownCount: number | undefined;
  /** By the server's clock. */
  readonly now: Instant;
};

/** What the row of a group says: how far its steps are, and the status that most needs the reader. */
export const groupFacts = (group: GroupMembers, around: GroupSurroundings, theme: Theme): RowFacts => {
  const {table, isRunOver, isOpen} = around;
  const counts = table.countsByGroup.get(group.id) ?? {};
  const status = worstStatus(counts, isRunOver);
  return {
    glyph: theme.statusGlyph(status),
    tone: toneOfStatus(status),
    name: safeText(group.name, {maxCells: 300}),
    lead: `${isOpen ? theme.glyph.unfolded : theme.glyph.folded} `,
    counts: countWays(counts, around.shownCount),
    bar: width => barPieces(counts, isRunOver, width, theme),
    status,
    time: timeOf(group, around),
    tries: '',
  };
};

/** How many are done of how many, or how many there are; of those that are filtered, how many are let through. */
const countWays = (counts: Counts, shownCount: number | undefined): readonly Pieces[] => {
  const total = formatCount(totalOf(counts));
  return shownCount === undefined
    ? [[piece(` [${formatCount(doneOf(counts))}/${total}]`, 'dim')], [piece(` [${total}]`, 'dim')]]
    : [[piece(` ${formatCount(shownCount)} of ${total}`, 'accent')], [piece(` ${formatCount(shownCount)}`, 'accent')]];
};

const timeOf = (group: GroupMembers, {table, now}: GroupSurroundings): string => {
  const {startedAt, endedAt, active} = groupDigest(table, group.id);
  const isGoingOn = active.length > 0;
  const ms = elapsedMs({startedAt, endedAt: isGoingOn ? undefined : endedAt}, now);
  return ms === undefined ? '' : formatDuration(isGoingOn ? Math.floor(ms / 1000) * 1000 : ms);
};
