import type {StepScript} from '../../script.js';
import {buildDataSteps} from './data-steps.js';
import {buildModelSteps} from './model-steps.js';
import type {TrainingVariant} from './variant.js';

/** The fourteen steps of `training_pipeline`. */
export const buildTrainingSteps = (variant: TrainingVariant): StepScript[] => {
  const {served} = variant;
  return [...buildDataSteps(variant), ...buildModelSteps(variant)].map(step =>
    served?.steps.includes(step.name) ? {...step, servedFrom: {run: served.run, as: 'cached'}} : step,
  );
};
