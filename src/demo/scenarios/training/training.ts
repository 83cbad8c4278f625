import type {RunScript, Scenario, StepScript} from '../../script.js';
import {fraudProject} from '../fraud-project.js';
import {days, hours} from '../script-tools.js';
import {buildDataSteps} from './data-steps.js';
import {buildModelSteps} from './model-steps.js';
import type {TrainingRun} from './training-run.js';

const preparationSteps = ['load_transactions', 'load_labels', 'validate_schema', 'profile_data'];

/** Previous runs: the live run is compared with them, reuses their outputs, and gets its estimate from them. */
const pastRuns: readonly TrainingRun[] = [
  {
    key: 'first',
    index: 37,
    agoMs: 5 * days,
    user: 'maya',
    dataVersion: 114,
    windowDays: 30,
    learningRate: 0.1,
    encoder: 'old',
    transformerAttempts: 'first-succeeds',
  },
  {
    key: 'second',
    index: 38,
    agoMs: 3 * days,
    user: 'nightly',
    dataVersion: 115,
    windowDays: 30,
    learningRate: 0.1,
    encoder: 'old',
    transformerAttempts: 'second-succeeds',
  },
  {
    key: 'out of memory',
    index: 39,
    agoMs: 3 * days - 2 * hours,
    user: 'jonas',
    dataVersion: 115,
    windowDays: 30,
    learningRate: 0.05,
    encoder: 'old',
    transformerAttempts: 'all-fail',
    reused: {
      from: 'second',
      steps: [...preparationSteps, 'build_features', 'encode_merchants', 'split', 'train_baseline'],
    },
  },
  {
    key: 'fourth',
    index: 40,
    agoMs: 1 * days,
    user: 'nightly',
    dataVersion: 117,
    windowDays: 30,
    learningRate: 0.1,
    encoder: 'old',
    transformerAttempts: 'first-succeeds',
  },
  {
    key: 'last',
    index: 41,
    agoMs: 3 * hours,
    user: 'maya',
    dataVersion: 118,
    windowDays: 30,
    learningRate: 0.1,
    encoder: 'old',
    transformerAttempts: 'first-succeeds',
  },
];

/** The run to watch. It reuses the data of `last`, but with longer windows and another encoder. */
const liveRun: TrainingRun = {
  key: 'live',
  index: 42,
  agoMs: 350,
  user: 'maya',
  dataVersion: 118,
  windowDays: 60,
  learningRate: 0.05,
  encoder: 'new',
  transformerAttempts: 'second-succeeds',
  reused: {from: 'last', steps: preparationSteps},
};

/** The fourteen steps of `training_pipeline`. */
const buildTrainingSteps = (run: TrainingRun): StepScript[] => {
  const {reused} = run;
  return [...buildDataSteps(run), ...buildModelSteps(run)].map(step =>
    reused?.steps.includes(step.name) ? {...step, reusedFrom: {run: reused.from, as: 'cached'}} : step,
  );
};

const buildTrainingRun = (run: TrainingRun): RunScript => ({
  key: run.key,
  pipeline: 'training_pipeline',
  index: run.index,
  user: run.user,
  startedAgoMs: run.agoMs,
  getSteps: () => buildTrainingSteps(run),
  parameters: {data_version: run.dataVersion, window_days: run.windowDays, learning_rate: run.learningRate},
  settings: {
    docker: {parent_image: 'fraud-base:2.4', requirements: 'requirements.txt', python_package_installer: 'uv'},
  },
  tags: run.user === 'nightly' ? ['nightly'] : ['experiment'],
  extra: {ticket: 'FRAUD-311'},
});

export const trainingScenario: Scenario = {
  name: 'training',
  description:
    'Fourteen steps, three models in parallel, a GPU step that needs a second attempt; succeeds after two minutes',
  build: () => ({...fraudProject, runs: [...pastRuns, liveRun].map(buildTrainingRun), shownRunKey: 'live'}),
};
