import type {Connection} from '../../connection/open-connection.js';
import type {Failure} from '../../domain/failure.js';
import {type Intervention, isForceUnsupported, isOutcomeUnknown} from '../../domain/intervention/intervention.js';
import {formatZentopCommand} from '../../domain/zentop-command.js';
import {explainInterventionFailure, formatInterventionDone} from '../../format/intervention-words.js';
import {sanitizeText} from '../../format/safe-text.js';
import {printLines, printProblem} from '../printing/print.js';
import {refusedCode} from './confirm.js';
import {intervene} from './intervene.js';

/**
 * Carries out an intervention and prints the outcome. Returns the exit code: 0 if the server has accepted it, or has stopped the run
 * gracefully because it cannot do so by force; 1 if it refused; 4 for any other failure.
 */
export const carryOut = async (
  connection: Connection,
  intervention: Intervention,
  signal: AbortSignal,
): Promise<number> => {
  const response = await intervene(connection.interventions, intervention, signal);
  if (response.ok) {
    printLines([capitalize(formatInterventionDone(intervention))]);
    return 0;
  }

  const {failure} = response;
  const info = await connection.serverInfo;
  const version = info.ok ? info.value.version : undefined;
  const {text, command} = explainInterventionFailure(intervention, failure, version);
  if (isForceUnsupported(intervention, failure, info.ok ? info.value : undefined)) {
    printLines([sanitizeText(text)]);
    return 0;
  }

  const exitCode = isRefusal(failure) ? refusedCode : 4;
  const hint = command ?? (await describeRun(connection, intervention, signal));
  printProblem({message: text, hint});
  return exitCode;
};

const capitalize = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;

const isRefusal = (failure: Failure): boolean =>
  !isOutcomeUnknown(failure) && (failure.kind === 'forbidden' || failure.kind === 'refused');

/** What the run is doing now, which shows whether the request had an effect. */
const describeRun = async (
  {client, settings}: Connection,
  {runId}: Intervention,
  signal: AbortSignal,
): Promise<string> => {
  const run = await client.fetchRun(runId, true, signal);
  return run.ok
    ? `The run is now ${run.value.status}.`
    : `See \`${formatZentopCommand([runId], settings.connectionArguments)}\`.`;
};
