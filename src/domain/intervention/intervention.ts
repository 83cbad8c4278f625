import {type Failure, isOutage, isRateLimited} from '../failure.js';
import type {RunId, StepId} from '../ids.js';
import type {Instant} from '../instant.js';
import type {Json} from '../json.js';
import {isAtLeast, type ServerInfo} from '../server.js';

/** What a user does to a run on the server. */
export type Intervention = {readonly runId: RunId} & (
  | {readonly kind: 'stop'; readonly isForced: boolean}
  /** Stops a run that is waiting for an answer: the server would lose a request to stop it. */
  | {readonly kind: 'abort'; readonly questionId: string}
  | {readonly kind: 'answer'; readonly questionId: string; readonly value: Json | undefined}
  /** Has the orchestrator report the status of the run and its steps. */
  | {readonly kind: 'refresh'}
  | {readonly kind: 'tag'; readonly add: readonly string[]; readonly remove: readonly string[]}
  /**
   * From `at` on, by the server's clock, no step reuses the outputs of the step run. `stepId` is the step run that did the work.
   */
  | {readonly kind: 'expire-cache'; readonly stepId: StepId; readonly stepName: string; readonly at: Instant}
);

/** Whether the server may have carried out a request that failed like this. */
export const isOutcomeUnknown = (failure: Failure): boolean => {
  switch (failure.kind) {
    case 'unreachable':
    case 'timed-out':
    case 'not-zenml':
    case 'malformed':
    case 'too-large':
      return true;

    case 'refused':
      return isOutage(failure) && !isRateLimited(failure);

    case 'proxy-refused':
    case 'untrusted':
    case 'not-signed-in':
    case 'forbidden':
    case 'not-found':
    case 'no-route':
      return false;
  }
};

/** Whether the orchestrator does not support the request that failed. */
const isNotImplemented = (failure: Failure): boolean => failure.kind === 'refused' && failure.status === 501;

/**
 * Whether the run is stopping although the server reported an error: its orchestrator cannot force a stop. Before 0.93, the server
 * called the orchestrator first, so nothing has changed.
 */
export const isForceUnsupported = (
  intervention: Intervention,
  failure: Failure,
  server: Pick<ServerInfo, 'version'> | undefined,
): boolean =>
  intervention.kind === 'stop' && intervention.isForced && isNotImplemented(failure) && isAtLeast(server, '0.93.0');

/** Whether trying again with this orchestrator is pointless. */
export const isRefreshUnsupported = (intervention: Intervention, failure: Failure): boolean =>
  intervention.kind === 'refresh' && isNotImplemented(failure);

/** What a server can do from a version on. */
const supportByKind: Readonly<Record<Intervention['kind'], {readonly what: string; readonly since: string}>> = {
  stop: {what: 'stop runs', since: '0.84.0'},
  refresh: {what: 'refresh runs on request', since: '0.84.0'},
  abort: {what: 'abort questions', since: '0.94.1'},
  answer: {what: 'answer questions', since: '0.94.1'},
  tag: {what: 'change the tags of runs', since: '0.80.0'},
  'expire-cache': {what: 'expire cached steps', since: '0.91.0'},
};

/** Why no run of this server can be changed in this way, as a sentence without a period; `undefined` if it can. */
export const explainUnsupported = (
  kind: Intervention['kind'],
  server: Pick<ServerInfo, 'version'> | undefined,
): string | undefined => {
  const {what, since} = supportByKind[kind];
  return isAtLeast(server, since) ? undefined : formatUnsupported(server?.version, what, since);
};

/** Why a server that turned out not to know the request cannot change the run in this way. */
export const formatNoRoute = (kind: Intervention['kind'], version: string | undefined): string => {
  const {what, since} = supportByKind[kind];
  return formatUnsupported(version, what, since);
};

const formatUnsupported = (version: string | undefined, what: string, since: string): string =>
  `this server${version === undefined ? '' : ` (${version})`} cannot ${what}: that needs ZenML ${since.replace(/\.0$/, '')}`;
