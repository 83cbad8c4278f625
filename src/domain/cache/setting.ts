import type {StepDetail} from '../attempt.js';
import type {Run} from '../run.js';

export type CacheSetting =
  | {readonly isEnabled: boolean; readonly decidedBy: 'step' | 'pipeline'}
  | {readonly isEnabled: true; readonly decidedBy: 'default'};

/**
 * Whether caching is enabled for a step, and where that is set: by the step's `enable_cache`, else by the pipeline's, else by
 * ZenML's default, which is on. `undefined` if the step leaves it to a pipeline whose configuration is not loaded yet.
 */
export const getCacheSetting = ({config}: StepDetail, run: Run | undefined): CacheSetting | undefined => {
  if (config.isCacheEnabled !== undefined) {
    return {isEnabled: config.isCacheEnabled, decidedBy: 'step'};
  }

  if (run?.config === undefined) {
    return undefined;
  }

  const {isCacheEnabled} = run.config;
  return isCacheEnabled === undefined
    ? {isEnabled: true, decidedBy: 'default'}
    : {isEnabled: isCacheEnabled, decidedBy: 'pipeline'};
};
