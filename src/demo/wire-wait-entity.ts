import type {RunTimeline} from './timeline.js';
import type {Wire} from './wire.js';
import {userReference} from './wire-people.js';
import {runReference} from './wire-run.js';
import {waitReference} from './wire-wait.js';

/** A wait condition by itself: with its question, and with its run. */
export const waitEntity = (run: RunTimeline, now: number, hydrate: boolean): Wire => {
  const {answer} = run.intervention;
  return {
    ...waitReference(run, now),
    metadata: hydrate
      ? {
          question: run.script.wait?.question ?? null,
          run_metadata: {},
          data_schema: run.script.wait?.schema ?? null,
          resolution: answer?.resolution ?? null,
          result: answer?.result ?? null,
        }
      : null,
    resources: {user: userReference(run.world, run.script.user), run: runReference(run, now)},
  };
};
