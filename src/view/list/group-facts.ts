import type {Instant} from '../../domain/instant.js';
import {isFinished, phaseOf, type StepStatus} from '../../domain/status.js';
import {latestAttempt} from '../../domain/step.js';
import {type Counts, type GroupMembers, type StepTable, stepAt} from '../../domain/step-table.js';
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
  /** By the server's clock. */
  readonly now: Instant;
};

const tinyBarCells = 10;

/** What the row of a group says: how far its steps are, and the status that most needs the reader. */
export const groupFacts = (group: GroupMembers, around: GroupSurroundings, theme: Theme): RowFacts => {
  const {table, isRunOver, isOpen} = around;
  const counts = table.countsByGroup.get(group.id) ?? {};
  const status = groupStatus(counts, isRunOver);
  return {
    glyph: theme.statusGlyph(status),
    tone: toneOfStatus(status),
    name: safeText(group.name, {maxCells: 300}),
    lead: `${isOpen ? theme.glyph.unfolded : theme.glyph.folded} `,
    behindName: behindName(counts, isRunOver, theme),
    status,
    time: timeOf(group, around),
    tries: '',
  };
};

const behindName = (counts: Counts, isRunOver: boolean, theme: Theme): Pieces => [
  piece(` [${formatCount(doneOf(counts))}/${formatCount(totalOf(counts))}] `, 'dim'),
  ...barPieces(counts, isRunOver, tinyBarCells, theme),
];

/** Failures first, then what runs, then what is still to come; only a group that is done has done well. */
const urgency: readonly StepStatus[] = [
  'failed',
  'unknown',
  'running',
  'retrying',
  'resuming',
  'stopping',
  'cancelling',
  'paused',
  'queued',
  'provisioning',
  'initializing',
  'waiting',
  'not run',
  'cancelled',
  'stopped',
  'retried',
  'completed',
  'skipped',
  'cached',
];

export const groupStatus = (counts: Counts, isRunOver: boolean): StepStatus => {
  const found = urgency.find(status => (counts[status] ?? 0) > 0) ?? 'waiting';
  return found === 'waiting' && isRunOver ? 'not run' : found;
};

type Span = {readonly startedAt: Instant | undefined; readonly endedAt: Instant | undefined};

/** From the first start to the last end; spans of a table never change, and a clock tick must not go through it again. */
const spansByTable = new WeakMap<StepTable, Map<string, Span>>();

const spanOf = (table: StepTable, group: GroupMembers): Span => {
  const spans = spansByTable.get(table) ?? new Map<string, Span>();
  spansByTable.set(table, spans);
  const span = spans.get(group.id) ?? measured(table, group);
  spans.set(group.id, span);
  return span;
};

const measured = (table: StepTable, group: GroupMembers): Span => {
  let startedAt: Instant | undefined;
  let endedAt: Instant | undefined;
  let isAnyActive = false;
  for (const index of group.indexes) {
    const step = stepAt(table, index);
    const first = step?.attempts[0];
    const latest = step && latestAttempt(step);
    startedAt = first?.startedAt === undefined ? startedAt : Math.min(startedAt ?? first.startedAt, first.startedAt);
    endedAt = latest?.endedAt === undefined ? endedAt : Math.max(endedAt ?? latest.endedAt, latest.endedAt);
    isAnyActive ||= latest !== undefined && !isFinished(latest.status) && phaseOf(latest.status) === 'active';
  }

  return {startedAt, endedAt: isAnyActive ? undefined : endedAt};
};

const timeOf = (group: GroupMembers, {table, now}: GroupSurroundings): string => {
  const {startedAt, endedAt} = spanOf(table, group);
  if (startedAt === undefined) {
    return '';
  }

  const ms = Math.max(0, (endedAt ?? now) - startedAt);
  return formatDuration(endedAt === undefined ? Math.floor(ms / 1000) * 1000 : ms);
};
