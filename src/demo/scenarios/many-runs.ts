import {pickBetween} from '../derived-ids.js';
import type {AttemptScript, ExceptionScript, RunScript, RunStateScript, Scenario, StepScript} from '../script.js';
import {fraudProject} from './fraud-project.js';
import {minutes, pickOne, spreadMessages, vary} from './script-tools.js';

type PipelineTemplate = {
  readonly name: string;
  /** Steps one after the other, with their seconds. */
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
  /** The step that does not end well, unless all do. */
  readonly fatal: number;
};

const pickRunPlan = (key: string): RunPlan => {
  const template = pickOne(templates, key, 'template');
  const outcome = pickOne(outcomes, key, 'outcome');
  const fatal =
    outcome === 'completed' ? Number.POSITIVE_INFINITY : Math.floor(pickBetween(0, template.steps.length, key, 'at'));
  return {key, template, outcome, fatal};
};

const pickStepSeconds = ({key, template}: RunPlan, index: number): number =>
  vary(template.steps[index]?.[1] ?? 1, 0.3, key, 'seconds', index);

const buildPlannedAttempt = (fate: RunPlan, index: number): AttemptScript => {
  const seconds = pickStepSeconds(fate, index);
  const logs = spreadMessages(seconds, ['starting', 'halfway', 'done']);
  if (index !== fate.fatal) {
    return {durationMs: seconds * 1000, logs};
  }
  const exception = fate.outcome === 'failed' ? {exception: pickOne(exceptions, fate.key, 'error')} : {};
  return {durationMs: seconds * 1000, outcome: fate.outcome, logs, ...exception};
};

const buildPlannedSteps = (fate: RunPlan): StepScript[] =>
  fate.template.steps.map(([name], index) => {
    const before = fate.template.steps[index - 1]?.[0];
    return {
      name,
      module: `fraud.steps.${fate.template.name}`,
      code: `@step\ndef ${name}(frame: pd.DataFrame) -> Annotated[pd.DataFrame, "frame"]:\n    return run(name, frame)\n`,
      inputs: before === undefined ? [] : [{name: 'frame', from: before, output: 'frame'}],
      outputs: [{name: 'frame', kind: 'dataframe'}],
      attempts: [buildPlannedAttempt(fate, index)],
      delayMs: 600,
    };
  });

/** The course of a run that is over, told outright so that thousands can be listed without laying out their steps. */
const buildPlannedStates = (fate: RunPlan): RunStateScript[] => {
  const count = Math.min(fate.template.steps.length, fate.fatal + 1);
  const seconds = Array.from({length: count}, (_, index) => 0.7 + pickStepSeconds(fate, index)).reduce(
    (a, b) => a + b,
    0,
  );
  return [
    {atMs: 0, status: 'initializing', inProgress: true},
    {atMs: 600, status: 'running', inProgress: true},
    {
      atMs: seconds * 1000 + 200,
      status: fate.outcome,
      inProgress: false,
      ...(fate.outcome === 'stopped' ? {reason: 'Manual stop requested.'} : {}),
    },
  ];
};

/** How many runs have yet to start when the server does, so that the list grows while one looks at it. */
const upcomingCount = 12;
const runsPerDay = 48;

const getStartedAgoMs = (index: number, count: number): number => {
  const back = count - 1 - index - upcomingCount;
  if (back < 0) {
    return back * 25_000;
  }
  if (back < 5) {
    return (0.3 + back * 2.2) * minutes;
  }
  return back * ((24 * 60) / runsPerDay) * minutes + pickBetween(0, 20, 'ago', index) * minutes;
};

const buildPlannedRun = (index: number, count: number, indexes: Map<string, number>): RunScript => {
  const fate = pickRunPlan(`run ${index}`);
  const {template, key} = fate;
  const number = (indexes.get(template.name) ?? 0) + 1;
  indexes.set(template.name, number);
  const nightly = template.tags.some(tag => tag === 'nightly' || tag === 'hourly');
  return {
    key,
    pipeline: template.name,
    index: number,
    user: nightly ? 'nightly' : pickOne(['maya', 'jonas', 'priya'], key, 'user'),
    startedAgoMs: getStartedAgoMs(index, count),
    steps: () => buildPlannedSteps(fate),
    phases: buildPlannedStates(fate),
    tags: template.tags,
  };
};

export const manyRunsScenario: Scenario = {
  name: 'runs',
  description:
    'A busy project: 300 runs (runs:10000 for more) of several pipelines and people, and new ones as you watch',
  build: (size = 300) => {
    const indexes = new Map<string, number>();
    const runs = Array.from({length: size}, (_, index) => buildPlannedRun(index, size, indexes));
    const shown = runs.findLast(run => run.startedAgoMs > 0)?.key ?? 'run 0';
    return {...fraudProject, runs, shown};
  },
};
