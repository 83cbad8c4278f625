import {between} from '../ids.js';
import type {AttemptScript, ExceptionScript, RunPhaseScript, RunScript, Scenario, StepScript} from '../script.js';
import {fraudTeam} from './people.js';
import {about, minutes, oneOf, spread} from './script-tools.js';

type Template = {
  readonly name: string;
  /** Steps one after the other, with their seconds. */
  readonly steps: readonly (readonly [name: string, seconds: number])[];
  readonly tags: readonly string[];
};

const templates: readonly [Template, ...Template[]] = [
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

const errorOf = (source: string, message: string): ExceptionScript => ({
  source,
  message,
  userCodeLine: 2,
  traceback: `  File "/app/fraud/steps.py", line 22, in step\n    return run(name, frame)\n${source}: ${message}\n`,
});

const errors: readonly [ExceptionScript, ...ExceptionScript[]] = [
  errorOf('google.api_core.exceptions.NotFound', '404 Not found: Table fraud.events_staging'),
  errorOf('builtins.ValueError', 'Input contains NaN'),
  errorOf('requests.exceptions.ReadTimeout', 'Read timed out. (read timeout=30)'),
  errorOf('pandera.errors.SchemaError', "column 'merchant_id' not in dataframe"),
];

type Fate = {
  readonly key: string;
  readonly template: Template;
  readonly outcome: string;
  /** The step that does not end well, unless all do. */
  readonly fatal: number;
};

const fateOf = (key: string): Fate => {
  const template = oneOf(templates, key, 'template');
  const outcome = oneOf(outcomes, key, 'outcome');
  const fatal =
    outcome === 'completed' ? Number.POSITIVE_INFINITY : Math.floor(between(0, template.steps.length, key, 'at'));
  return {key, template, outcome, fatal};
};

const secondsOf = ({key, template}: Fate, index: number): number =>
  about(template.steps[index]?.[1] ?? 1, 0.3, key, 'seconds', index);

const attemptOf = (fate: Fate, index: number): AttemptScript => {
  const seconds = secondsOf(fate, index);
  const logs = spread(seconds, ['starting', 'halfway', 'done']);
  if (index !== fate.fatal) {
    return {durationMs: seconds * 1000, logs};
  }
  const exception = fate.outcome === 'failed' ? {exception: oneOf(errors, fate.key, 'error')} : {};
  return {durationMs: seconds * 1000, outcome: fate.outcome, logs, ...exception};
};

const stepsOf = (fate: Fate): StepScript[] =>
  fate.template.steps.map(([name], index) => {
    const before = fate.template.steps[index - 1]?.[0];
    return {
      name,
      module: `fraud.steps.${fate.template.name}`,
      code: `@step\ndef ${name}(frame: pd.DataFrame) -> Annotated[pd.DataFrame, "frame"]:\n    return run(name, frame)\n`,
      inputs: before === undefined ? [] : [{name: 'frame', from: before, output: 'frame'}],
      outputs: [{name: 'frame', kind: 'dataframe'}],
      attempts: [attemptOf(fate, index)],
      delayMs: 600,
    };
  });

/** The course of a run that is over, told outright so that thousands can be listed without laying out their steps. */
const coursesOf = (fate: Fate): RunPhaseScript[] => {
  const count = Math.min(fate.template.steps.length, fate.fatal + 1);
  const seconds = Array.from({length: count}, (_, index) => 0.7 + secondsOf(fate, index)).reduce((a, b) => a + b, 0);
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
const yetToCome = 12;
const perDay = 48;

const agoOf = (index: number, count: number): number => {
  const back = count - 1 - index - yetToCome;
  if (back < 0) {
    return back * 25_000;
  }
  if (back < 5) {
    return (0.3 + back * 2.2) * minutes;
  }
  return back * ((24 * 60) / perDay) * minutes + between(0, 20, 'ago', index) * minutes;
};

const runOf = (index: number, count: number, indexes: Map<string, number>): RunScript => {
  const fate = fateOf(`run ${index}`);
  const {template, key} = fate;
  const number = (indexes.get(template.name) ?? 0) + 1;
  indexes.set(template.name, number);
  const nightly = template.tags.some(tag => tag === 'nightly' || tag === 'hourly');
  return {
    key,
    pipeline: template.name,
    index: number,
    user: nightly ? 'nightly' : oneOf(['maya', 'jonas', 'priya'], key, 'user'),
    startedAgoMs: agoOf(index, count),
    steps: () => stepsOf(fate),
    phases: coursesOf(fate),
    tags: template.tags,
  };
};

export const manyRuns: Scenario = {
  name: 'runs',
  description:
    'A busy project: 300 runs (runs:10000 for more) of several pipelines and people, and new ones as you watch',
  build: (size = 300) => {
    const indexes = new Map<string, number>();
    const runs = Array.from({length: size}, (_, index) => runOf(index, size, indexes));
    const shown = runs.findLast(run => run.startedAgoMs > 0)?.key ?? 'run 0';
    return {...fraudTeam, runs, shown};
  },
};
