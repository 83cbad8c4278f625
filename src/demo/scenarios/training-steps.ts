import type {StepScript} from '../script.js';
import {dataSteps} from './training-data-steps.js';
import {modelSteps} from './training-model-steps.js';
import type {TrainingVariant} from './training-variant.js';

/** The fourteen steps of `training_pipeline`. */
export const trainingSteps = (variant: TrainingVariant): StepScript[] => {
  const {served} = variant;
  return [...dataSteps(variant), ...modelSteps(variant)].map(step =>
    served?.steps.includes(step.name) ? {...step, servedFrom: {run: served.run, as: 'cached'}} : step,
  );
};
