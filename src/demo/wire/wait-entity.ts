import type {JsonObject} from '../entity.js';
import type {RunTimeline} from '../world/timeline.js';
import {buildUserReference} from './project.js';
import {buildRunReference} from './run.js';
import {buildWaitReference} from './wait.js';

/** A wait condition by itself: with its question, and with its run. */
export const buildWaitEntity = (run: RunTimeline, now: number, hydrate: boolean): JsonObject => {
  const {answer} = run.intervention;
  return {
    ...buildWaitReference(run, now),
    metadata: hydrate
      ? {
          question: run.script.wait?.question ?? null,
          run_metadata: {},
          data_schema: run.script.wait?.schema ?? null,
          resolution: answer?.resolution ?? null,
          result: answer?.result ?? null,
        }
      : null,
    resources: {user: buildUserReference(run.world, run.script.user), run: buildRunReference(run, now)},
  };
};
