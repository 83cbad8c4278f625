import type {RunScript, Scenario, StepScript} from '../../script.js';
import {fraudProject} from '../fraud-project.js';
import {days, hours} from '../script-tools.js';
import {buildDataSteps} from './data-steps.js';
import {buildModelSteps} from './model-steps.js';
import type {TrainingVariant} from './variant.js';

type TrainingRun = TrainingVariant & {readonly index: number; readonly agoMs: number; readonly user: string};

const preparationSteps = ['load_transactions', 'load_labels', 'validate_schema', 'profile_data'];

/** Previous runs: the live run is compared with them, reuses their outputs, and gets its estimate from them. */
const pastRuns: readonly TrainingRun[] = [
  {
    key: 'first',
    index: 37,
    agoMs: 5 * days,
    user: 'maya',
    snapshot: 114,
    windowDays: 30,
    learningRate: 0.1,
    encoder: 'old',
    transformer: 'straight',
  },
  {
    key: 'second',
    index: 38,
    agoMs: 3 * days,
    user: 'nightly',
    snapshot: 115,
    windowDays: 30,
    learningRate: 0.1,
    encoder: 'old',
    transformer: 'retried',
  },
  {
    key: 'out of memory',
    index: 39,
    agoMs: 3 * days - 2 * hours,
    user: 'jonas',
    snapshot: 115,
    windowDays: 30,
    learningRate: 0.05,
    encoder: 'old',
    transformer: 'exhausted',
    served: {
      run: 'second',
      steps: [...preparationSteps, 'build_features', 'encode_merchants', 'split', 'train_baseline'],
    },
  },
  {
    key: 'fourth',
    index: 40,
    agoMs: 1 * days,
    user: 'nightly',
    snapshot: 117,
    windowDays: 30,
    learningRate: 0.1,
    encoder: 'old',
    transformer: 'straight',
  },
  {
    key: 'last',
    index: 41,
    agoMs: 3 * hours,
    user: 'maya',
    snapshot: 118,
    windowDays: 30,
    learningRate: 0.1,
    encoder: 'old',
    transformer: 'straight',
  },
];

/** The run to watch. It reuses the data of `last`, but with longer windows and another encoder. */
const liveRun: TrainingRun = {
  key: 'live',
  index: 42,
  agoMs: 350,
  user: 'maya',
  snapshot: 118,
  windowDays: 60,
  learningRate: 0.05,
  encoder: 'new',
  transformer: 'retried',
  served: {run: 'last', steps: preparationSteps},
};

/** The fourteen steps of `training_pipeline`. */
const buildTrainingSteps = (variant: TrainingVariant): StepScript[] => {
  const {served} = variant;
  return [...buildDataSteps(variant), ...buildModelSteps(variant)].map(step =>
    served?.steps.includes(step.name) ? {...step, servedFrom: {run: served.run, as: 'cached'}} : step,
  );
};

const buildTrainingRun = (variant: TrainingRun): RunScript => ({
  key: variant.key,
  pipeline: 'training_pipeline',
  index: variant.index,
  user: variant.user,
  startedAgoMs: variant.agoMs,
  getSteps: () => buildTrainingSteps(variant),
  parameters: {snapshot: variant.snapshot, window_days: variant.windowDays, learning_rate: variant.learningRate},
  settings: {
    docker: {parent_image: 'fraud-base:2.4', requirements: 'requirements.txt', python_package_installer: 'uv'},
  },
  tags: variant.user === 'nightly' ? ['nightly'] : ['experiment'],
  extra: {ticket: 'FRAUD-311'},
});

export const trainingScenario: Scenario = {
  name: 'training',
  description:
    'Fourteen steps, three models in parallel, a GPU step that needs a second attempt; succeeds after two minutes',
  build: () => ({...fraudProject, runs: [...pastRuns, liveRun].map(buildTrainingRun), shownRunKey: 'live'}),
};
