import type {Connection} from '../../connection/open-connection.js';
import type {World} from '../../connection/world.js';
import {explainUnsupported, type Intervention} from '../../domain/intervention/intervention.js';
import {explainIneffectiveStop, explainStopRefusal} from '../../domain/intervention/stop.js';
import type {Run} from '../../domain/run.js';
import type {ServerInfo} from '../../domain/server.js';
import {formatZentopCommand} from '../../domain/zentop-command.js';
import {sanitizeText} from '../../format/safe-text.js';
import {printProblem} from '../printing/print.js';
import {carryOut} from './carry-out.js';
import {confirm, refusedCode} from './confirm.js';
import {maxInterventionMs, type OpenRequest, openForIntervention} from './open-for-intervention.js';

type StopRequest = OpenRequest & {readonly isForced: boolean; readonly isConfirmed: boolean};

/**
 * Stops a run. Returns the exit code: 0 if the server has accepted the request, 1 if the run cannot be stopped now, the user
 * declined or the server refused, 2 for a usage error, 4 if the server could not be used.
 */
export const stopRun = async (world: World, request: StopRequest): Promise<number> => {
  const signal = AbortSignal.timeout(maxInterventionMs);
  const opened = await openForIntervention(world, request, signal);
  if (!opened.ok) {
    printProblem(opened.problem);
    return opened.problem.exitCode;
  }

  const {connection, run, runLabel} = opened.value;
  const info = await connection.serverInfo;
  const kind = run.waitCondition === undefined ? 'stop' : 'abort';
  const server = info.ok ? info.value : undefined;
  const reason =
    explainStopRefusal(run) ??
    explainUnsupported(kind, server) ??
    (await findIneffectiveStopReason(connection, run, server, signal));
  if (reason !== undefined) {
    const hint = `Run \`${formatZentopCommand([run.id], connection.settings.connectionArguments)}\` to see it.`;
    printProblem({message: `Cannot stop ${runLabel}: ${reason}.`, hint});
    return refusedCode;
  }

  const {waitCondition} = run;
  const question =
    waitCondition === undefined
      ? `Stop ${runLabel}${request.isForced ? ' by force' : ''}?`
      : `Abort the question “${sanitizeText(waitCondition.name)}” and stop ${runLabel}?`;
  const intervention: Intervention =
    waitCondition === undefined
      ? {kind: 'stop', runId: run.id, isForced: request.isForced}
      : {kind: 'abort', runId: run.id, questionId: waitCondition.id};
  return (await confirm(question, intervention, request.isConfirmed)) ?? carryOut(connection, intervention, signal);
};

/** Why stopping would have no effect, if it would not. The stack is fetched only if the server may be unable to stop its runs. */
const findIneffectiveStopReason = async (
  {client}: Connection,
  run: Run,
  server: ServerInfo | undefined,
  signal: AbortSignal,
): Promise<string | undefined> => {
  if (run.stack === undefined || explainIneffectiveStop(run, 'local', server) === undefined) {
    return undefined;
  }

  const stack = await client.fetchStack(run.stack.id, signal);
  return stack.ok ? explainIneffectiveStop(run, stack.value.orchestrator?.flavor, server) : undefined;
};
