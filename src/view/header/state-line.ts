import {getStatusCounts} from '../../domain/blockers.js';
import type {DagWaitCondition} from '../../domain/dag.js';
import {getElapsedMs, type Instant} from '../../domain/instant.js';
import type {Run} from '../../domain/run.js';
import {getRunEndAt} from '../../domain/run-end.js';
import type {StatusCounts} from '../../domain/step-table.js';
import {findRunWait} from '../../domain/wait-reason.js';
import {formatCompactDuration, formatDuration, formatWholeSeconds} from '../../format/duration.js';
import {createSegment, joinLines, type Line} from '../../format/line.js';
import {formatCount} from '../../format/number.js';
import {formatRunWait} from '../../format/run-wait.js';
import {sanitizeToWidth} from '../../format/sanitize-to-width.js';
import {formatRunningSteps, formatStatus, formatStepsToCome, getStatusTone} from '../../format/status-words.js';
import {renderTimeLeftVariants} from '../../format/time-left-words.js';
import {formatCommandKey} from '../../keymap/command-key.js';
import {selectTimeLeft} from '../../store/history/estimate.js';
import {findPendingQuestion} from '../../store/intervention/question-needs.js';
import type {OpenRun} from '../../store/run/open-run.js';
import {getWaitFacts} from '../../store/run/wait-facts.js';
import {findLostMs} from '../../store/run-page/quiet-steps.js';
import {findStopping, type Stopping} from '../../store/run-page/stopping.js';
import {selectServerNow} from '../../store/selectors.js';
import type {Session} from '../../store/session.js';
import type {State} from '../../store/state.js';
import type {Theme} from '../../theme/theme.js';
import {renderChildRunCount} from './child-run-count.js';
import {countAllSteps, countDoneSteps, getCountParts} from './progress.js';

/** `◒ running`, in the color of its phase; `✗ failed, 2 steps still running`. */
export const renderRunStatus = (run: Run, openRun: OpenRun, now: Instant, theme: Theme): Line => {
  const {table, overAt, goneAt} = openRun;
  // A local run whose process has probably died.
  const isLost = findLostMs(openRun, now) !== undefined;
  const tone = isLost ? 'warning' : getStatusTone(run.status);
  const counts = getStatusCounts(table);
  const running =
    overAt === undefined ? formatRunningSteps(run.status, counts) || formatStepsToCome(run.status, counts) : '';
  const suffix = goneAt === undefined || overAt !== undefined ? running : ' when last seen';
  return [
    createSegment(`${theme.pickStatusGlyph(run.status)} `, tone),
    createSegment(`${formatStatus(run)}${isLost ? '?' : ''}`, isLost ? 'warning' : 'strong'),
    createSegment(suffix, 'plain'),
  ];
};

export const renderRunGlyph = (run: Run, theme: Theme): Line => [
  createSegment(theme.pickStatusGlyph(run.status), getStatusTone(run.status)),
];

/** `8/14 done`; a dynamic run in progress may still add steps. Empty while no step is known. */
export const renderDoneCount = (openRun: OpenRun, hasWord: boolean): Line => {
  const {counts} = openRun.table;
  if (countAllSteps(counts) === 0) {
    return [];
  }

  const isOpenEnded = openRun.run?.isDynamic === true && openRun.overAt === undefined;
  const word = hasWord ? (isOpenEnded ? ' done so far' : ' done') : '';
  return [
    createSegment(formatCount(countDoneSteps(counts)), 'strong'),
    createSegment(`/${formatCount(countAllSteps(counts))}${word}`, 'dim'),
  ];
};

/** Steps by status. While the run is in progress, steps that can no longer start are not among the waiting ones. */
export const getShownCounts = ({table, overAt}: OpenRun): StatusCounts =>
  overAt === undefined ? getStatusCounts(table) : table.counts;

/** `3 cached  4 completed  1 failed`, one line per status. */
export const renderCountGroups = (openRun: OpenRun): readonly Line[] =>
  getCountParts(getShownCounts(openRun), openRun.overAt !== undefined).map(({status, tone, count}) => [
    createSegment(`${formatCount(count)} ${status}`, tone),
  ]);

/** The failed steps alone: `✗ 1`. */
export const renderFailedCount = (openRun: OpenRun, theme: Theme): Line => {
  const failed = openRun.table.counts.failed ?? 0;
  return failed === 0 ? [] : [createSegment(`${theme.pickStatusGlyph('failed')} ${formatCount(failed)}`, 'bad')];
};

/** Further facts about the run: the input that it is waiting for, child runs, the reason for its status. */
export const renderMentions = (state: State, openRun: OpenRun): MentionVariants => ({
  long: renderMention(state, openRun, true),
  short: renderMention(state, openRun, false),
});

/** `short` omits how long ago a question was asked or something changed, and child runs that have not failed. */
type MentionVariants = {readonly long: Line; readonly short: Line};

const renderMention = (state: State, openRun: OpenRun, isLong: boolean): Line => {
  const now = selectServerNow(state);
  const question = findPendingQuestion(openRun);
  const awaitedInput = question?.text ?? openRun.run?.waitCondition?.name ?? findUnknownQuestion(openRun)?.name;
  const lostStop = renderLostStop(state, openRun);
  if (lostStop.length > 0) {
    return lostStop;
  }

  const stopping = findStopping(openRun, now);
  if (stopping?.silentMs !== undefined) {
    return renderSilence(stopping.silentMs, state.session, isLong);
  }

  const groups: Line[] = [renderStopping(stopping)];
  const isAsking = awaitedInput !== undefined && openRun.overAt === undefined;
  if (isAsking) {
    const since =
      !isLong || question?.createdAt === undefined
        ? ''
        : ` (asked ${formatWholeSeconds(now - question.createdAt)} ago)`;
    groups.push([createSegment(`waiting for input: ${sanitizeToWidth(awaitedInput, 40)}${since}`, 'warning')]);
  } else {
    const wait = formatRunWait(getWaitFacts(openRun), now);
    groups.push(wait === undefined || isUsual(openRun, now) ? [] : [createSegment(`waiting: ${wait}`, 'dim')]);
  }

  const childRuns = renderChildRunCount(openRun.childRuns);
  groups.push(isLong ? childRuns.long : childRuns.short);

  const reason = openRun.run?.statusReason;
  // The reason is left out if it repeats that a question is pending, and while the run is stopping: then it says only that someone
  // stopped it.
  if (
    reason !== undefined &&
    reason !== '' &&
    stopping === undefined &&
    !(isAsking && /^Waiting for input\b/.test(reason))
  ) {
    groups.push([createSegment(sanitizeToWidth(reason, 60), 'dim')]);
  }

  return joinLines(groups, '  ');
};

/** For a stopping run in which nothing has changed for a long time. */
const renderSilence = (silentMs: number, session: Session, isLong: boolean): Line => {
  const actionsKey = formatCommandKey('run.actions', session);
  const text = isLong
    ? `nothing has changed for ${formatWholeSeconds(silentMs)}: the run's process may be gone (${actionsKey} lists commands)`
    : `the run's process may be gone (see ${actionsKey})`;
  return [createSegment(text, 'warning')];
};

/** `for 12s: train is finishing`, after `stopping`. */
const renderStopping = (stopping: Stopping | undefined): Line => {
  if (stopping === undefined) {
    return [];
  }

  const {forMs, finishing} = stopping;
  const [only] = finishing;
  const what =
    only === undefined
      ? ''
      : finishing.length === 1
        ? `${sanitizeToWidth(only, 40)} is finishing`
        : `${formatCount(finishing.length)} steps are finishing`;
  return [
    createSegment(
      [forMs === undefined ? '' : `for ${formatWholeSeconds(forMs)}`, what].filter(text => text !== '').join(': '),
      'dim',
    ),
  ];
};

/** A stop is lost if the run is waiting for an answer: when the wait times out, the run pauses. */
const renderLostStop = ({interventionsDone, session}: State, {run, runId}: OpenRun): Line =>
  run?.status === 'paused' &&
  interventionsDone.some(({intervention}) => intervention.kind === 'stop' && intervention.runId === runId)
    ? [
        createSegment(
          `the run paused instead of stopping: abort its question to stop it (${formatCommandKey('run.stop', session)})`,
          'warning',
        ),
      ]
    : [];

/** Provisioning is not mentioned until it has taken this long. */
const minProvisioningMs = 60_000;

/** Waits not worth mentioning: between two steps, at the start of the run, or what the status already says. */
const isUsual = (openRun: OpenRun, now: Instant): boolean => {
  const reason = findRunWait(getWaitFacts(openRun))?.reason;
  return (
    reason?.kind === 'ready' ||
    reason?.kind === 'paused' ||
    reason?.kind === 'stopping' ||
    (reason?.kind === 'provisioning' && (reason.since === undefined || now - reason.since < minProvisioningMs))
  );
};

/** A pending question in the graph whose details have not been fetched. Details are more recent than the graph. */
const findUnknownQuestion = ({waitConditions, questions}: OpenRun): DagWaitCondition | undefined =>
  waitConditions.find(condition => isPending(condition) && !questions.some(({id}) => id === condition.id));

const isPending = ({status}: DagWaitCondition): boolean =>
  status === undefined || /pending|open|waiting|running/i.test(status);

/** Elapsed time of the run. */
export const renderElapsed = (state: State, openRun: OpenRun, isCompact: boolean): Line => {
  const {run} = openRun;
  if (run === undefined) {
    return [];
  }

  const endedAt = openRun.overAt === undefined ? undefined : getRunEndAt(run, openRun.table);
  const ms = getElapsedMs({startedAt: run.startedAt, endedAt}, selectServerNow(state));
  return ms === undefined ? [] : [createSegment(isCompact ? formatCompactDuration(ms) : formatDuration(ms))];
};

/** Remaining time in several lengths, longest first; empty if there is no estimate. */
export const renderTimeLeft = (state: State, openRun: OpenRun): readonly Line[] => {
  const left = selectTimeLeft(state, openRun);
  return left === undefined ? [] : renderTimeLeftVariants(left);
};
