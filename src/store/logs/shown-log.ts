import type {Instant} from '../../domain/instant.js';
import type {LogSource} from '../../domain/log/entry.js';
import {pickRunLogSource, pickStepLogSource} from '../../domain/log/pick-source.js';
import {emptyLogTail, type LogTail} from '../../domain/log/tail.js';
import {isFinished, isReused} from '../../domain/status.js';
import type {OpenRun} from '../run/open-run.js';
import {findShownAttempt, isRunSelected} from '../selectors.js';
import type {LogSubject} from './logs.js';

/** The log on the screen. */
export type ShownLog = {
  readonly key: string;
  readonly subject: LogSubject;
  /** All logs of the subject, oldest first. */
  readonly sources: readonly LogSource[];
  readonly source: string;
  /** `undefined` if only the name of the source is known. */
  readonly logsId: string | undefined;
  /** Nothing more will be written, except for the last batch. */
  readonly isFinished: boolean;
  /** By the server's clock. */
  readonly endedAt: Instant | undefined;
  /** It is not known yet which sources there are. */
  readonly isUnknown: boolean;
  /** Reused from another run: nothing was written. */
  readonly isReused: boolean;
};

/** The log that the tab shows, of the run or of the attempt in the pane; `undefined` if there is none. */
export const findShownLog = (openRun: OpenRun): ShownLog | undefined =>
  openRun.logs.ofRun === undefined && !isRunSelected(openRun) ? findStepLog(openRun) : getRunLog(openRun);

export const getShownTail = (openRun: OpenRun): LogTail => {
  const log = findShownLog(openRun);
  return (log && openRun.logs.tailsByKey.get(log.key)) ?? emptyLogTail;
};

const getRunLog = (openRun: OpenRun): ShownLog => {
  const {run, runId} = openRun;
  const sources = run?.logSources ?? [];
  const subject = {kind: 'run', runId} as const;
  const logSource = findUserSource(openRun, subject, sources) ?? pickRunLogSource(sources);
  return {
    ...buildLogIdentity(subject, sources, logSource, 'client'),
    isFinished: openRun.overAt !== undefined,
    endedAt: run?.endedAt,
    isUnknown: run?.config === undefined,
    isReused: false,
  };
};

const findStepLog = (openRun: OpenRun): ShownLog | undefined => {
  const attempt = findShownAttempt(openRun);
  if (attempt === undefined) {
    return undefined;
  }

  const detail = openRun.detailsById.get(attempt.id);
  const sources = detail?.attempt.logSources ?? attempt.logSources;
  const subject = {kind: 'step', stepId: attempt.id} as const;
  const isOver = isFinished(attempt.status) || openRun.overAt !== undefined;
  const logSource = findUserSource(openRun, subject, sources) ?? pickStepLogSource(sources, isOver);
  return {
    ...buildLogIdentity(subject, sources, logSource, 'step'),
    isFinished: isOver,
    endedAt: attempt.endedAt ?? openRun.run?.endedAt,
    isUnknown: detail === undefined,
    isReused: sources.length === 0 && isReused(attempt.status),
  };
};

export const getSubjectKey = (subject: LogSubject): string =>
  subject.kind === 'run' ? `run:${subject.runId}` : `step:${subject.stepId}`;

const buildLogIdentity = (
  subject: LogSubject,
  sources: readonly LogSource[],
  logSource: LogSource | undefined,
  defaultSource: string,
): Pick<ShownLog, 'key' | 'subject' | 'sources' | 'source' | 'logsId'> => ({
  key: `log:${getSubjectKey(subject)}:${logSource?.id ?? defaultSource}`,
  subject,
  sources,
  source: logSource?.source ?? defaultSource,
  logsId: logSource?.id,
});

const findUserSource = ({logs}: OpenRun, subject: LogSubject, sources: readonly LogSource[]): LogSource | undefined => {
  const id = logs.sourceBySubject.get(getSubjectKey(subject));
  return id === undefined ? undefined : sources.find(source => source.id === id);
};
