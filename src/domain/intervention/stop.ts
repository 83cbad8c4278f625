import {isRunOver, type Run} from '../run.js';
import {isAtLeast, type ServerInfo} from '../server.js';

/** A run that the user may want to stop. In a list of runs, the context is not known. */
type StoppableRun = Pick<Run, 'status' | 'isInProgress' | 'waitCondition'> & Partial<Pick<Run, 'context'>>;

/** Why the server would refuse to stop the run as it is now; `undefined` if it would accept. */
export const explainStopRefusal = (run: StoppableRun): string | undefined => {
  if (isRunOver(run)) {
    return `the run is over (${run.status})`;
  }

  if (run.waitCondition !== undefined) {
    return undefined;
  }

  switch (run.status) {
    case 'stopping':
      return 'the run is already stopping';

    case 'failed':
      return 'the run has failed, and ZenML cannot stop what is still running in it';

    case 'initializing':
      return run.context !== undefined && run.context.orchestratorRunId === undefined
        ? 'the orchestrator does not know the run yet; try again in a moment'
        : undefined;

    default:
      return undefined;
  }
};

/**
 * Why a request to stop the run would have no effect; `undefined` if it would have one. Before 0.93, the server called the
 * orchestrator before it wrote anything, and a local one cannot stop a run. `flavor`: that of the orchestrator, if it is known.
 */
export const explainIneffectiveStop = (
  {waitCondition}: Pick<Run, 'waitCondition'>,
  flavor: string | undefined,
  server: ServerInfo | undefined,
): string | undefined =>
  waitCondition === undefined && flavor === 'local' && !isAtLeast(server, '0.93.0')
    ? `this server (${server?.version}) cannot stop local runs: that needs ZenML 0.93`
    : undefined;
