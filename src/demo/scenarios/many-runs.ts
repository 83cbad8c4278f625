import {pickBetween} from '../derived-ids.js';
import type {AttemptScript, ExceptionScript, RunScript, RunStateScript, Scenario, StepScript} from '../script.js';
import {fraudProject} from './fraud-project.js';
import {minutes, pickOne, spreadMessages, vary} from './script-tools.js';

type PipelineTemplate = {
  readonly name: string;
  /** The steps in the order in which they run, with their durations in seconds. */
  readonly steps: readonly (readonly [name: string, seconds: number])[];
  readonly tags: readonly string[];
};

const templates: readonly [PipelineTemplate, ...PipelineTemplate[]] = [
  {
    name: 'nightly_scoring',
    steps: [
      ['load_batch', 40],
      ['convert_amounts', 65],
      ['score', 130],
      ['flag', 20],
      ['notify_analysts', 15],
    ],
    tags: ['nightly'],
  },
  {
    name: 'training_pipeline',
    steps: [
      ['load_transactions', 90],
      ['build_features', 240],
      ['split', 30],
      ['train_gbm', 900],
      ['evaluate', 80],
      ['register_model', 25],
    ],
    tags: ['experiment'],
  },
  {
    name: 'feature_refresh',
    steps: [
      ['read_events', 70],
      ['aggregate', 180],
      ['write_online_store', 45],
    ],
    tags: ['hourly'],
  },
  {
    name: 'label_import',
    steps: [
      ['fetch_chargebacks', 25],
      ['match', 50],
      ['publish_labels', 10],
    ],
    tags: ['nightly', 'labels'],
  },
  {
    name: 'backtest',
    steps: [
      ['pick_models', 10],
      ['replay_quarter', 1500],
      ['compare', 60],
      ['write_report', 30],
    ],
    tags: ['experiment', 'audit'],
  },
  {
    name: 'embed_documents',
    steps: [
      ['list_documents', 8],
      ['embed', 300],
      ['build_index', 45],
    ],
    tags: ['search'],
  },
];

/** How runs end: six of eight succeed. */
const outcomes = [
  'completed',
  'completed',
  'completed',
  'completed',
  'completed',
  'completed',
  'failed',
  'stopped',
] as const;

const buildException = (source: string, message: string): ExceptionScript => ({
  source,
  message,
  userCodeLine: 2,
  traceback: `  File "/app/fraud/steps.py", line 22, in step\n    return run(name, frame)\n${source}: ${message}\n`,
});

const exceptions: readonly [ExceptionScript, ...ExceptionScript[]] = [
  buildException('google.api_core.exceptions.NotFound', '404 Not found: Table fraud.events_staging'),
  buildException('builtins.ValueError', 'Input contains NaN'),
  buildException('requests.exceptions.ReadTimeout', 'Read timed out. (read timeout=30)'),
  buildException('pandera.errors.SchemaError', "column 'merchant_id' not in dataframe"),
];

type RunPlan = {
  readonly key: string;
  readonly template: PipelineTemplate;
  readonly outcome: string;
  /** Index of the step that does not succeed; `Infinity` if all do. */
  readonly failingIndex: number;
};

const pickRunPlan = (key: string): RunPlan => {
  const template = pickOne(templates, key, 'template');
  const outcome = pickOne(outcomes, key, 'outcome');
  const failingIndex =
    outcome === 'completed' ? Number.POSITIVE_INFINITY : Math.floor(pickBetween(0, template.steps.length, key, 'at'));
  return {key, template, outcome, failingIndex};
};

const pickStepSeconds = ({key, template}: RunPlan, index: number): number =>
  vary(template.steps[index]?.[1] ?? 1, 0.3, key, 'seconds', index);

const buildPlannedAttempt = (plan: RunPlan, index: number): AttemptScript => {
  const seconds = pickStepSeconds(plan, index);
  const logs = spreadMessages(seconds, ['starting', 'halfway', 'done']);
  if (index !== plan.failingIndex) {
    return {durationMs: seconds * 1000, logs};
  }

  const exception = plan.outcome === 'failed' ? {exception: pickOne(exceptions, plan.key, 'error')} : {};
  return {durationMs: seconds * 1000, outcome: plan.outcome, logs, ...exception};
};

const buildPlannedSteps = (plan: RunPlan): StepScript[] =>
  plan.template.steps.map(([name], index) => {
    const previous = plan.template.steps[index - 1]?.[0];
    return {
      name,
      module: `fraud.steps.${plan.template.name}`,
      code: `@step\ndef ${name}(frame: pd.DataFrame) -> Annotated[pd.DataFrame, "frame"]:\n    return run(name, frame)\n`,
      inputs: previous === undefined ? [] : [{name: 'frame', from: previous, output: 'frame'}],
      outputs: [{name: 'frame', kind: 'dataframe'}],
      attempts: [buildPlannedAttempt(plan, index)],
      delayMs: 600,
    };
  });

/** The states of a run, so that thousands can be listed without scheduling their steps. */
const buildPlannedStates = (plan: RunPlan): RunStateScript[] => {
  const count = Math.min(plan.template.steps.length, plan.failingIndex + 1);
  // Each step starts 0.6 s after the previous one, whose end is written a moment late.
  const seconds = Array.from({length: count}, (_, index) => 0.7 + pickStepSeconds(plan, index)).reduce(
    (a, b) => a + b,
    0,
  );
  return [
    {atMs: 0, status: 'initializing', inProgress: true},
    {atMs: 600, status: 'running', inProgress: true},
    {
      atMs: seconds * 1000 + 200,
      status: plan.outcome,
      inProgress: false,
      ...(plan.outcome === 'stopped' ? {reason: 'Manual stop requested.'} : {}),
    },
  ];
};

/** How many runs start after the server, so that the list grows while it is watched. */
const upcomingCount = 12;
const runsPerDay = 48;

/** Negative for a run that starts after the server, one every 25 s. */
const getStartedAgoMs = (index: number, count: number): number => {
  const position = count - 1 - index - upcomingCount;
  if (position < 0) {
    return position * 25_000;
  }

  // The newest ones are so young that some of them are still in progress.
  if (position < 5) {
    return (0.3 + position * 2.2) * minutes;
  }

  return position * ((24 * 60) / runsPerDay) * minutes + pickBetween(0, 20, 'ago', index) * minutes;
};

const buildPlannedRun = (index: number, count: number, lastIndexByPipeline: Map<string, number>): RunScript => {
  const plan = pickRunPlan(`run ${index}`);
  const {template, key} = plan;
  const number = (lastIndexByPipeline.get(template.name) ?? 0) + 1;
  lastIndexByPipeline.set(template.name, number);
  const isScheduled = template.tags.some(tag => tag === 'nightly' || tag === 'hourly');
  return {
    key,
    pipeline: template.name,
    index: number,
    user: isScheduled ? 'nightly' : pickOne(['maya', 'jonas', 'priya'], key, 'user'),
    startedAgoMs: getStartedAgoMs(index, count),
    getSteps: () => buildPlannedSteps(plan),
    states: buildPlannedStates(plan),
    tags: template.tags,
  };
};

export const manyRunsScenario: Scenario = {
  name: 'runs',
  description:
    'A busy project: 300 runs (runs:10000 for more) of several pipelines and users, and new ones as you watch',
  build: (size = 300) => {
    const lastIndexByPipeline = new Map<string, number>();
    const runs = Array.from({length: size}, (_, index) => buildPlannedRun(index, size, lastIndexByPipeline));
    const shownRunKey = runs.findLast(run => run.startedAgoMs > 0)?.key ?? 'run 0';
    return {...fraudProject, runs, shownRunKey};
  },
};
