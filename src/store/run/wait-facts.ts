import type {WaitFacts} from '../../domain/wait-reason.js';
import type {OpenRun} from './open-run.js';

/** The facts that explain why steps of the open run are waiting. */
export const getWaitFacts = (openRun: OpenRun): WaitFacts => ({...openRun, isRunOver: openRun.overAt !== undefined});
