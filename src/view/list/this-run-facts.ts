import type {Instant} from '../../domain/instant.js';
import {getElapsedMs} from '../../domain/instant.js';
import {getRunEndAt} from '../../domain/run-end.js';
import {findRunWait, type WaitReason} from '../../domain/wait-reason.js';
import {formatDuration, formatWholeSeconds} from '../../format/duration.js';
import {createSegment} from '../../format/line.js';
import {formatRunWait} from '../../format/run-wait.js';
import {sanitizeToWidth} from '../../format/sanitize-to-width.js';
import {formatStatus, getStatusTone} from '../../format/status-words.js';
import {listShortWaitTexts, withWaitVerb} from '../../format/wait-words.js';
import type {OpenRun} from '../../store/run/open-run.js';
import {getWaitFacts} from '../../store/run/wait-facts.js';
import {findLostMs} from '../../store/run-page/quiet-steps.js';
import type {Theme} from '../../theme/theme.js';
import {maxRowNameCells, type RowFacts} from './row-text.js';

/** The row of the open run, above its steps. `now` is by the server's clock. */
export const buildThisRunFacts = (openRun: OpenRun, now: Instant, theme: Theme): RowFacts | undefined => {
  const {run, table, overAt} = openRun;
  if (run === undefined) {
    return undefined;
  }

  const isLost = findLostMs(openRun, now) !== undefined;
  const endedAt = overAt === undefined ? undefined : getRunEndAt(run, table);
  const ms = getElapsedMs({startedAt: run.startedAt, endedAt}, now);
  const number = run.index === undefined ? '' : `#${run.index}`;
  const title = sanitizeToWidth(`${run.pipeline?.name ?? run.name} ${number}`.trim(), maxRowNameCells);
  return {
    glyph: theme.pickStatusGlyph(run.status),
    tone: isLost ? 'warning' : getStatusTone(run.status),
    name: 'run',
    lead: '',
    remarks: [
      ...listWaitTexts(openRun, now).flatMap(wait =>
        [title, number].map(text => [
          createSegment(` ${text} `, 'dim'),
          createSegment(withWaitVerb('waiting', wait), 'warning'),
        ]),
      ),
      ...[title, number].filter(text => text !== '').map(text => [createSegment(` ${text}`, 'dim')]),
      [],
    ],
    renderBar: undefined,
    status: `${formatStatus(run)}${isLost ? '?' : ''}`,
    time: ms === undefined ? '' : endedAt === undefined ? formatWholeSeconds(ms) : formatDuration(ms),
    attempt: '',
  };
};

/** What the run is waiting for, the longest text first. */
const listWaitTexts = (openRun: OpenRun, now: Instant): readonly string[] => {
  const facts = getWaitFacts(openRun);
  const found = findRunWait(facts);
  const long = formatRunWait(facts, now);
  return found === undefined || long === undefined || isBetweenSteps(found.reason, now)
    ? []
    : [long, ...(found.step === undefined ? listShortWaitTexts(found.reason, now) : [])];
};

/** A shorter time between two steps is usual. */
const maxGapMs = 60_000;

const isBetweenSteps = (reason: WaitReason, now: Instant): boolean =>
  reason.kind === 'ready' && (reason.since === undefined || now - reason.since < maxGapMs);
