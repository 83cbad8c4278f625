import {type DagChildRun, type DagStep, getChildRunLabel} from '../../domain/dag.js';
import type {Instant} from '../../domain/instant.js';
import {isFinished} from '../../domain/status.js';
import {formatDuration, formatWholeSeconds} from '../../format/duration.js';
import {sanitizeToWidth} from '../../format/sanitize-to-width.js';
import {formatStatus, getStatusTone} from '../../format/status-words.js';
import type {Row} from '../../store/list/rows.js';
import type {Theme} from '../../theme/theme.js';
import {maxRowNameCells, type RowFacts} from './row-text.js';

const indent = '  ';

/** The row of a child run. `now` is by the server's clock. */
export const buildChildRunFacts = (
  {child, depth, isOpen}: Omit<Extract<Row, {readonly kind: 'run'}>, 'kind' | 'key'>,
  now: Instant,
  theme: Theme,
): RowFacts => {
  const sign = isOpen === undefined ? '' : `${isOpen ? theme.glyph.expanded : theme.glyph.collapsed} `;
  return buildFacts(
    {...child, name: getChildRunLabel(child)},
    `${indent.repeat(depth)}${sign}${theme.glyph.child} `,
    now,
    theme,
  );
};

/** The row of a step of a child run. */
export const buildChildStepFacts = (
  {step, depth}: Pick<Extract<Row, {readonly kind: 'child-step'}>, 'step' | 'depth'>,
  now: Instant,
  theme: Theme,
): RowFacts => buildFacts(step, indent.repeat(depth + 1), now, theme);

type Timed = Pick<DagChildRun | DagStep, 'name' | 'status' | 'startedAt' | 'durationMs'>;

const buildFacts = (timed: Timed, lead: string, now: Instant, theme: Theme): RowFacts => {
  const status = timed.status?.status ?? 'waiting';
  return {
    glyph: theme.pickStatusGlyph(status),
    tone: getStatusTone(status),
    name: sanitizeToWidth(timed.name, maxRowNameCells),
    lead,
    remarks: [],
    renderBar: undefined,
    status: timed.status === undefined ? status : formatStatus(timed.status),
    time: formatTime(timed, now),
    attempt: '',
  };
};

const formatTime = ({status, startedAt, durationMs}: Timed, now: Instant): string => {
  if (durationMs !== undefined) {
    return formatDuration(durationMs);
  }

  const isEnded = status !== undefined && isFinished(status.status);
  return startedAt === undefined || isEnded ? '' : formatWholeSeconds(now - startedAt);
};
