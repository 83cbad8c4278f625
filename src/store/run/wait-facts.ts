import type {WaitFacts} from '../../domain/wait-reason.js';
import type {OpenRun} from './open-run.js';

/** What decides why steps of the open run wait. */
export const getWaitFacts = (openRun: OpenRun): WaitFacts => ({...openRun, isRunOver: openRun.overAt !== undefined});
