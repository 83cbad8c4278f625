import type {AttemptScript, ExceptionScript, RunScript, Scenario, StepScript} from '../script.js';
import {fraudTeam} from './people.js';
import {days, minutes, spread, succeeds} from './script-tools.js';

const forever = Number.POSITIVE_INFINITY;

const broken: ExceptionScript = {
  source: 'builtins.ZeroDivisionError',
  message: 'division by zero',
  userCodeLine: 3,
  traceback:
    '  File "/app/gallery.py", line 12, in is_failed\n    return 1 / ROWS\n           ~~^~~~~~\nZeroDivisionError: division by zero\n',
};

/** A step that shows one word for good: it comes to it after a few seconds of running, or stands in it from the start. */
const ends = (outcome: string): AttemptScript => ({
  durationMs: 4000,
  outcome,
  logs: spread(4, ['working']),
  ...(outcome === 'failed' ? {exception: broken} : {}),
});

const stays = (during: string): AttemptScript => ({durationMs: forever, during});

const turns = (during: string): AttemptScript => ({
  durationMs: forever,
  during,
  opening: [{status: 'running', durationMs: 3000}],
  logs: spread(3, ['working']),
});

const attemptByStatus: Readonly<Record<string, AttemptScript>> = {
  initializing: stays('initializing'),
  provisioning: stays('provisioning'),
  queued: stays('queued'),
  running: {
    durationMs: forever,
    logs: spread(
      3600,
      Array.from({length: 720}, (_, index) => `line ${index + 1}`),
    ),
  },
  completed: ends('completed'),
  failed: ends('failed'),
  retrying: {...ends('retrying'), exception: {...broken, message: 'division by zero, perhaps not next time'}},
  retried: ends('retried'),
  cancelling: turns('cancelling'),
  cancelled: ends('cancelled'),
  paused: turns('paused'),
  resuming: turns('resuming'),
  stopping: turns('stopping'),
  stopped: ends('stopped'),
  // A word of a server to come.
  hibernating: turns('hibernating'),
};

const codeOf = (name: string): string =>
  `@step\ndef ${name}(table: pd.DataFrame) -> Annotated[dict, "result"]:\n    print("working")\n    return 1 / ROWS\n`;

const basis = (): StepScript => ({
  name: 'load_table',
  module: 'gallery',
  code: '@step\ndef load_table() -> Annotated[pd.DataFrame, "table"]:\n    return pd.read_parquet(TABLE)\n',
  docstring: 'A table to work on.',
  outputs: [{name: 'table', kind: 'dataframe', itemCount: 5000}],
  attempts: [succeeds(2)],
});

const exhibit = (status: string, order: number): StepScript => ({
  name: `is_${status}`,
  module: 'gallery',
  code: codeOf(`is_${status}`),
  docstring: `Shows what "${status}" looks like.`,
  inputs: [{name: 'table', from: 'load_table', output: 'table'}],
  outputs: [{name: 'result', kind: 'dict'}],
  attempts: [attemptByStatus[status] ?? succeeds(3)],
  delayMs: 400 + order * 60,
  ...(status === 'retrying' ? {retry: {max_retries: 3, delay: 3_600_000, backoff: 1}} : {}),
});

const served = (as: 'cached' | 'skipped'): StepScript => ({...exhibit(as, 0), servedFrom: {run: 'original', as}});

/** A step that says it runs, from which nothing was heard for most of an hour. */
const silent = (): StepScript => ({
  ...exhibit('silent', 0),
  attempts: [stays('running')],
  heartbeatThreshold: 30,
  lastHeartbeatAfterMs: 60_000,
  runtime: 'isolated',
  stepOperator: 'vertex-gpu',
});

const unreached = (): StepScript => ({
  ...exhibit('waiting', 0),
  inputs: [{name: 'table', from: 'is_running', output: 'result'}],
});

const galleryRun = (key: string, index: number, agoMs: number, steps: () => StepScript[]): RunScript => ({
  key,
  pipeline: 'gallery',
  index,
  user: 'jonas',
  startedAgoMs: agoMs,
  steps,
});

export const gallery: Scenario = {
  name: 'all',
  description: 'Every status there is, and one that is not, side by side in a run that never ends',
  build: () => ({
    ...fraudTeam,
    runs: [
      galleryRun('original', 1, 2 * days, () => [basis(), exhibit('cached', 0), exhibit('skipped', 1)]),
      {
        ...galleryRun('shown', 2, 50 * minutes, () => [
          basis(),
          ...Object.keys(attemptByStatus).map(exhibit),
          served('cached'),
          served('skipped'),
          silent(),
          unreached(),
        ]),
        original: 'original',
        phases: [
          {atMs: 0, status: 'initializing', inProgress: true},
          {atMs: 500, status: 'running', inProgress: true},
        ],
      },
    ],
    shown: 'shown',
  }),
};
