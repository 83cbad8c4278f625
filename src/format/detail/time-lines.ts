import {heartbeatOverdueMs} from '../../domain/attempt.js';
import {elapsedMs} from '../../domain/instant.js';
import {isFinished, phaseOf} from '../../domain/status.js';
import {formatDuration, roundDuration} from '../duration.js';
import {dim, type Line, strong} from '../line.js';
import {ago, localTime} from '../time.js';
import {flowFacts} from '../wrap.js';
import {field, valueCells} from './field.js';
import type {AttemptInput} from './overview-input.js';
import {usualFacts} from './usual-lines.js';

/** When an attempt started and ended, and how long it took. */
export const timeLines = (input: AttemptInput): readonly Line[] => {
  const {attempt, now, utcOffset, width} = input;
  const {startedAt, endedAt} = attempt;
  const line = (name: string, facts: readonly Line[]) => field(name, flowFacts(facts, valueCells(width)));
  if (startedAt === undefined) {
    return line('started', [[dim(notStartedWords(input))]]);
  }

  const started: Line = [strong(localTime(startedAt, now, utcOffset))];
  const since: Line = [dim(ago(startedAt, now))];
  if (attempt.status === 'cached' || attempt.status === 'skipped') {
    return line('recorded', [started, since]);
  }

  if (endedAt === undefined) {
    return line('started', [started, since, ...usualFacts(input)]);
  }

  const took = formatDuration(elapsedMs(attempt, now) ?? 0);
  return [
    ...line('started', [started]),
    ...line('ended', [
      [strong(localTime(endedAt, now, utcOffset))],
      [dim('took '), strong(took)],
      ...usualFacts(input),
      [dim(ago(endedAt, now))],
    ]),
  ];
};

const notStartedWords = ({attempt}: AttemptInput): string => {
  if (attempt.status === 'queued') {
    return 'not yet: it waits for resources';
  }

  return phaseOf(attempt.status) === 'waiting' ? 'not yet' : 'when is not known';
};

/** How an unfinished attempt that sends heartbeats is doing, and what speaks against its own word. */
export const healthLines = ({attempt, isRunOver, now, width}: AttemptInput): readonly Line[] => {
  if (isFinished(attempt.status)) {
    return [];
  }

  const doubt: readonly Line[] = isRunOver ? [[{text: 'the run is over', tone: 'warning'}]] : [];
  return field('health', flowFacts([...doubt, ...heartbeatFacts(attempt, now)], valueCells(width)));
};

const heartbeatFacts = (attempt: AttemptInput['attempt'], now: number): readonly Line[] => {
  const {heartbeatAt, heartbeatThresholdMs} = attempt;
  if (heartbeatThresholdMs === undefined) {
    return [];
  }

  const allowed: Line = [dim(`${roundDuration(heartbeatThresholdMs)} allowed`)];
  const overdueMs = heartbeatOverdueMs(attempt, now);
  if (overdueMs !== undefined) {
    return [[{text: `no heartbeat for ${formatDuration(overdueMs)}`, tone: 'warning'}], allowed];
  }

  return heartbeatAt === undefined
    ? [[dim('no heartbeat yet')], allowed]
    : [[dim(`heartbeat ${ago(heartbeatAt, now)}`)], allowed];
};
