import type {Connection} from '../../connection/open-connection.js';
import {failWithUsageError, type Outcome, succeedWith} from '../../connection/problem.js';
import type {World} from '../../connection/world.js';
import type {Run} from '../../domain/run.js';
import {sanitizeText} from '../../format/safe-text.js';
import {formatTargetRun} from '../../store/intervention/target.js';
import {openNamedRun} from '../opening/open-named-run.js';
import type {ConnectionOptions} from '../options/connection-options.js';

export type OpenRequest = {readonly run: string; readonly isReadOnly: boolean; readonly connection: ConnectionOptions};

export type OpenedForIntervention = {
  readonly connection: Connection;
  /** Fetched again, hydrated; if that failed, as it was found. */
  readonly run: Run;
  /** “training #42 in project default on https://…” */
  readonly runLabel: string;
};

/** How long an intervention may take, in milliseconds. Includes the time that the user takes to confirm. */
export const maxInterventionMs = 600_000;

/** Opens the run that is to be changed, unless the settings forbid changes. */
export const openForIntervention = async (
  world: World,
  {run, isReadOnly, connection: connectionOptions}: OpenRequest,
  signal: AbortSignal,
): Promise<Outcome<OpenedForIntervention>> => {
  if (isReadOnly) {
    return failWithUsageError('Your settings forbid changes (read-only: true).', 'See `zentop config`.');
  }

  const opened = await openNamedRun(world, run, connectionOptions, signal);
  if (!opened.ok) {
    return opened;
  }

  const {connection, resolved} = opened.value;
  const [hydrated, project] = await Promise.all([
    connection.client.fetchRun(resolved.run.id, true, signal),
    resolved.run.projectId === undefined ? undefined : connection.client.fetchProject(resolved.run.projectId, signal),
  ]);
  const current = hydrated.ok ? hydrated.value : resolved.run;
  const projectPhrase = project?.ok === true ? ` in project ${project.value.name}` : '';
  return succeedWith({
    connection,
    run: current,
    runLabel: sanitizeText(`${formatTargetRun(current)}${projectPhrase} on ${connection.serverUrl}`),
  });
};
