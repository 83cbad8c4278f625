import type {Attempt} from '../../domain/attempt.js';
import type {Instant} from '../../domain/instant.js';
import {type Status, startingStatuses} from '../../domain/status.js';
import {findLatestAttempt} from '../../domain/step.js';
import {findStepIndexes} from '../../domain/step-indexes.js';
import {countSteps, findStepAt} from '../../domain/step-table.js';
import {formatCount} from '../../format/number.js';
import {pluralize} from '../../format/plural.js';
import {sanitizeToWidth} from '../../format/sanitize-to-width.js';
import {formatRoughDuration} from '../../format/time-left-words.js';
import {formatCommandKey} from '../../keymap/command-key.js';
import type {OpenRun} from '../../store/run/open-run.js';
import {findLostMs, findRunningAttempts} from '../../store/run-page/quiet-steps.js';
import {selectServerNow} from '../../store/selectors.js';
import type {State} from '../../store/state.js';
import {getTimelineFacts} from '../../store/timeline/timeline-facts.js';

const maxNameCells = 60;

/** What a stop of the open run means for its steps. */
export const listStopConsequences = (state: State, openRun: OpenRun, isForced: boolean): readonly string[] => {
  const now = selectServerNow(state);
  const {table, childRuns} = openRun;
  const waiting = countSteps(table.counts, 'waiting');
  const running = findRunningAttempts(openRun);
  const interrupted = running.filter(({heartbeatThresholdMs}) => heartbeatThresholdMs !== undefined);
  const finishing = running.filter(({heartbeatThresholdMs}) => heartbeatThresholdMs === undefined);
  return [
    waiting === 0
      ? 'no further steps start'
      : `no further steps start: ${pluralize(waiting, 'waiting step')} will not run`,
    ...(isForced
      ? [formatForcedStop(openRun)]
      : [
          ...listFinishing(openRun, finishing, now),
          ...(interrupted.length === 0
            ? []
            : [`${formatSteps(interrupted)} will be interrupted at the next heartbeat`]),
          ...listStarting(openRun),
        ]),
    ...(childRuns.length === 0 ? [] : ['child runs are not stopped']),
    'the run ends as stopped, not failed',
    ...(findLostMs(openRun, now) === undefined ? [] : [formatDeadProcess(state)]),
  ];
};

const formatDeadProcess = ({session}: State): string => {
  const hint = `${formatCommandKey('run.actions', session)} lists commands to end it`;
  return `the run's process seems to have died: the run would stay “stopping” (${hint})`;
};

/**
 * Orchestrators that can end running steps. With any other, the server reports that it cannot force a stop, and the run stops
 * gracefully.
 */
const forcibleFlavors: ReadonlySet<string> = new Set(['kubernetes', 'modal']);

export const forcedStopWithUnknownOrchestrator =
  'running steps are ended if the orchestrator can do that (Kubernetes, Modal); otherwise the run stops gracefully';

const formatForcedStop = ({page}: OpenRun): string => {
  const flavor = page.stack?.orchestrator?.flavor;
  return flavor === undefined
    ? forcedStopWithUnknownOrchestrator
    : forcibleFlavors.has(flavor)
      ? 'running steps are ended'
      : `${sanitizeToWidth(flavor, 40)} orchestrators cannot force a stop: the run stops gracefully`;
};

/** More steps than this are only counted. */
const maxNamed = 3;

const formatSteps = (attempts: readonly Attempt[]): string =>
  attempts.length > maxNamed
    ? pluralize(attempts.length, 'running step')
    : attempts.map(({name}) => sanitizeToWidth(name, maxNameCells)).join(', ');

/** Steps that are not interrupted, and how long they will still take if that is known. */
const listFinishing = (openRun: OpenRun, attempts: readonly Attempt[], now: Instant): readonly string[] => {
  if (attempts.length === 0 || attempts.length > maxNamed) {
    return attempts.length === 0 ? [] : [`${pluralize(attempts.length, 'running step')} will finish first`];
  }

  const forecastsByName = getTimelineFacts(openRun, now)?.forecastsByName;
  return attempts.map(({name}) => {
    const forecast = forecastsByName?.get(name);
    const left = forecast === undefined ? '' : `, in ~${formatRoughDuration(Math.max(0, forecast.endAt - now))}`;
    return `${sanitizeToWidth(name, maxNameCells)} is running and will finish first${left}`;
  });
};

const unstartedStatuses: ReadonlySet<Status> = new Set([...startingStatuses, 'retrying']);

/**
 * Steps that have a step run but are not running yet. Whether they will be stopped depends on how far the orchestrator has got,
 * which is unknown.
 */
const listStarting = ({table}: OpenRun): readonly string[] => {
  const starting = findStepIndexes(table, 'unfinished').flatMap(index => {
    const step = findStepAt(table, index);
    const attempt = step && findLatestAttempt(step);
    return attempt !== undefined && unstartedStatuses.has(attempt.status) ? [attempt] : [];
  });
  return starting.length > maxNamed
    ? [`${formatCount(starting.length)} steps are starting and may still run`]
    : starting.map(({name, status}) => `${sanitizeToWidth(name, maxNameCells)} is ${status} and may still run`);
};
