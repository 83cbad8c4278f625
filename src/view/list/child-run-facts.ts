import type {DagChildRun} from '../../domain/dag.js';
import type {Instant} from '../../domain/instant.js';
import {isFinished} from '../../domain/status.js';
import {formatDuration} from '../../format/duration.js';
import {sanitizeToWidth} from '../../format/sanitize-to-width.js';
import {formatStatus, getStatusTone} from '../../format/status-words.js';
import type {Theme} from '../../theme/theme.js';
import type {RowFacts} from './row-text.js';

/** Longest name of a run, in cells; no row is wider. */
const maxNameCells = 300;

/** The row of a child run. `now` is by the server's clock. */
export const buildChildRunFacts = (child: DagChildRun, now: Instant, theme: Theme): RowFacts => {
  const status = child.status?.status ?? 'waiting';
  return {
    glyph: theme.statusGlyph(status),
    tone: getStatusTone(status),
    name: sanitizeToWidth(child.name, maxNameCells),
    lead: `${theme.glyph.child} `,
    counts: [],
    bar: undefined,
    status: child.status === undefined ? status : formatStatus(child.status),
    time: formatChildRunTime(child, now),
    tries: '',
  };
};

const formatChildRunTime = ({status, startedAt, durationMs}: DagChildRun, now: Instant): string => {
  if (durationMs !== undefined) {
    return formatDuration(durationMs);
  }

  const isEnded = status !== undefined && isFinished(status.status);
  return startedAt === undefined || isEnded
    ? ''
    : formatDuration(Math.floor(Math.max(0, now - startedAt) / 1000) * 1000);
};
