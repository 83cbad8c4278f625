import {findOverdueHeartbeatAgeMs} from '../../domain/attempt.js';
import {getElapsedMs} from '../../domain/instant.js';
import {getMedian} from '../../domain/median.js';
import {estimateProgressEnd} from '../../domain/progress.js';
import {getPhase, isFinished, isReused} from '../../domain/status.js';
import {formatDuration, formatTrimmedDuration} from '../duration.js';
import {type Line, renderDim, renderPlain, renderStrong} from '../line.js';
import {formatProgress} from '../progress-words.js';
import {formatLostProcess, formatQuiet} from '../quiet-words.js';
import {formatAgo, formatLocalTime} from '../time.js';
import {formatRoughDuration} from '../time-left-words.js';
import {renderFactField, renderField} from './field.js';
import type {AttemptInput, OverviewInput} from './overview-input.js';

/** When an attempt started and ended, and how long it took. */
export const renderTimes = (input: AttemptInput): readonly Line[] => {
  const {attempt, now, getUtcOffset, width} = input;
  const {startedAt, endedAt} = attempt;
  if (startedAt === undefined) {
    return renderFactField('started', [[renderDim(formatNotStarted(input))]], width);
  }

  const startFact: Line = [renderStrong(formatLocalTime(startedAt, now, getUtcOffset))];
  const since: Line = [renderDim(formatAgo(startedAt, now))];
  if (isReused(attempt.status)) {
    return renderFactField('recorded', [startFact, since], width);
  }

  if (endedAt === undefined) {
    return renderFactField('started', [startFact, since, ...renderUsualFacts(input)], width);
  }

  const took = formatDuration(getElapsedMs(attempt, now) ?? 0);
  return [
    ...renderFactField('started', [startFact], width),
    ...renderFactField(
      'ended',
      [
        [renderStrong(formatLocalTime(endedAt, now, getUtcOffset))],
        [renderDim('took '), renderStrong(took)],
        ...renderUsualFacts(input),
        [renderDim(formatAgo(endedAt, now))],
      ],
      width,
    ),
  ];
};

const formatNotStarted = ({attempt}: AttemptInput): string => {
  if (attempt.status === 'queued') {
    return 'waiting for resources';
  }

  return getPhase(attempt.status) === 'waiting' ? 'not yet' : 'time unknown';
};

/** The heartbeat of an unfinished attempt, and reasons to doubt that it is running. */
export const renderHealth = (input: AttemptInput): readonly Line[] => {
  const {attempt, isRunOver, now, width, quietMs, lostMs} = input;
  if (isFinished(attempt.status)) {
    return [];
  }

  const doubt: readonly Line[] = isRunOver ? [[{text: 'the run is over', tone: 'warning'}]] : [];
  const warnings = [
    ...(lostMs === undefined ? [] : [`${formatLostProcess(lostMs)}: it may have died`]),
    ...(quietMs === undefined ? [] : [`${formatQuiet(quietMs)}, much longer than usual`]),
  ].map((text): Line => [{text, tone: 'warning'}]);
  return [
    ...renderProgress(input),
    ...renderFactField('health', [...doubt, ...warnings, ...renderHeartbeat(attempt, now)], width),
  ];
};

/** What a running step says about its progress and, once a tenth is done, how long it will take at this pace. */
const renderProgress = ({attempt, progress, now, width}: AttemptInput): readonly Line[] => {
  if (progress === undefined) {
    return [];
  }

  const endAt =
    attempt.startedAt === undefined ? undefined : estimateProgressEnd(progress, attempt.startedAt, progress.asOf);
  const share: Line = progress.count === undefined ? [] : [renderDim(`${Math.floor(progress.share * 100)}%`)];
  const left: Line =
    endAt === undefined
      ? []
      : [renderPlain(`~${formatRoughDuration(Math.max(0, endAt - now))}`), renderDim(' left at this pace')];
  return renderFactField('progress', [[renderStrong(formatProgress(progress))], share, left], width);
};

const renderHeartbeat = (attempt: AttemptInput['attempt'], now: number): readonly Line[] => {
  const {heartbeatAt, heartbeatThresholdMs} = attempt;
  if (heartbeatThresholdMs === undefined) {
    return [];
  }

  const timeout: Line = [renderDim(`timeout ${formatTrimmedDuration(heartbeatThresholdMs)}`)];
  const ageMs = findOverdueHeartbeatAgeMs(attempt, now);
  if (ageMs !== undefined) {
    return [[{text: `no heartbeat for ${formatDuration(ageMs)}`, tone: 'warning'}], timeout];
  }

  return heartbeatAt === undefined
    ? [[renderDim('no heartbeat yet')], timeout]
    : [[renderDim(`heartbeat ${formatAgo(heartbeatAt, now)}`)], timeout];
};

type UsualTimeInput = Pick<OverviewInput, 'workTimes' | 'step'>;

/**
 * How long the step took in previous runs, with all its attempts: the median of several, `usually ~9m`, or `last time ~9m`. If
 * there are several attempts in this run, the text says that it means all of them.
 */
const renderUsualFacts = ({workTimes = [], step}: UsualTimeInput): readonly Line[] => {
  const medianMs = getMedian(workTimes);
  if (medianMs === undefined) {
    return [];
  }

  const usual = renderPlain(`~${formatRoughDuration(medianMs)}`);
  const scope = step.attempts.length > 1 ? [renderDim(' in all attempts')] : [];
  return [[renderDim(workTimes.length === 1 ? 'last time ' : 'usually '), usual, ...scope]];
};

/** The expected duration of a step that has not started. */
export const renderUsualTime = (input: UsualTimeInput): readonly Line[] => {
  const facts = renderUsualFacts(input);
  return facts.length === 0 ? [] : renderField('duration', facts);
};
