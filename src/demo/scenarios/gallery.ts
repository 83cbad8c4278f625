import type {AttemptScript, ExceptionScript, RunScript, Scenario, StepScript} from '../script.js';
import {fraudProject} from './fraud-project.js';
import {buildSucceededAttempt, days, minutes, spreadMessages} from './script-tools.js';

const endlessMs = Number.POSITIVE_INFINITY;

const zeroDivision: ExceptionScript = {
  source: 'builtins.ZeroDivisionError',
  message: 'division by zero',
  userCodeLine: 3,
  traceback:
    '  File "/app/gallery.py", line 12, in is_failed\n    return 1 / ROWS\n           ~~^~~~~~\nZeroDivisionError: division by zero\n',
};

/** An attempt that runs for a few seconds and ends with `outcome`. */
const buildFinishedAttempt = (outcome: string): AttemptScript => ({
  durationMs: 4000,
  outcome,
  logs: spreadMessages(4, ['working']),
  ...(outcome === 'failed' ? {exception: zeroDivision} : {}),
});

/** An attempt that starts with the status `during` and keeps it forever. */
const buildStuckAttempt = (during: string): AttemptScript => ({durationMs: endlessMs, during});

/** An attempt that runs for a few seconds and then keeps the status `during` forever. */
const buildLateStuckAttempt = (during: string): AttemptScript => ({
  durationMs: endlessMs,
  during,
  opening: [{status: 'running', durationMs: 3000}],
  logs: spreadMessages(3, ['working']),
});

const attemptByStatus: Readonly<Record<string, AttemptScript>> = {
  initializing: buildStuckAttempt('initializing'),
  provisioning: buildStuckAttempt('provisioning'),
  queued: buildStuckAttempt('queued'),
  running: {
    durationMs: endlessMs,
    logs: spreadMessages(
      3600,
      Array.from({length: 720}, (_, index) => `line ${index + 1}`),
    ),
  },
  completed: buildFinishedAttempt('completed'),
  failed: buildFinishedAttempt('failed'),
  retrying: {
    ...buildFinishedAttempt('retrying'),
    exception: {...zeroDivision, message: 'division by zero, perhaps not next time'},
  },
  retried: buildFinishedAttempt('retried'),
  cancelling: buildLateStuckAttempt('cancelling'),
  cancelled: buildFinishedAttempt('cancelled'),
  paused: buildLateStuckAttempt('paused'),
  resuming: buildLateStuckAttempt('resuming'),
  stopping: buildLateStuckAttempt('stopping'),
  stopped: buildFinishedAttempt('stopped'),
  // A status that a future server might add.
  hibernating: buildLateStuckAttempt('hibernating'),
};

const buildGalleryCode = (name: string): string =>
  `@step\ndef ${name}(table: pd.DataFrame) -> Annotated[dict, "result"]:\n    print("working")\n    return 1 / ROWS\n`;

const buildTableStep = (): StepScript => ({
  name: 'load_table',
  module: 'gallery',
  code: '@step\ndef load_table() -> Annotated[pd.DataFrame, "table"]:\n    return pd.read_parquet(TABLE)\n',
  docstring: 'A table to work on.',
  outputs: [{name: 'table', kind: 'dataframe', itemCount: 5000}],
  attempts: [buildSucceededAttempt(2)],
});

const buildStatusStep = (status: string, order: number): StepScript => ({
  name: `is_${status}`,
  module: 'gallery',
  code: buildGalleryCode(`is_${status}`),
  docstring: `Shows what "${status}" looks like.`,
  inputs: [{name: 'table', from: 'load_table', output: 'table'}],
  outputs: [{name: 'result', kind: 'dict'}],
  attempts: [attemptByStatus[status] ?? buildSucceededAttempt(3)],
  delayMs: 400 + order * 60,
  ...(status === 'retrying' ? {retry: {max_retries: 3, delay: 3600, backoff: 1}} : {}),
});

const buildServedStep = (as: 'cached' | 'skipped'): StepScript => ({
  ...buildStatusStep(as, 0),
  reusedFrom: {run: 'original', as},
});

/** A step whose status is `running`, although its heartbeats stopped about 49 minutes before the server started. */
const buildSilentStep = (): StepScript => ({
  ...buildStatusStep('silent', 0),
  attempts: [buildStuckAttempt('running')],
  heartbeatThreshold: 30,
  lastHeartbeatAfterMs: 60_000,
  runtime: 'isolated',
  stepOperator: 'vertex-gpu',
});

const buildUnreachedStep = (): StepScript => ({
  ...buildStatusStep('waiting', 0),
  inputs: [{name: 'table', from: 'is_running', output: 'result'}],
});

const buildGalleryRun = (key: string, index: number, agoMs: number, getSteps: () => StepScript[]): RunScript => ({
  key,
  pipeline: 'gallery',
  index,
  user: 'jonas',
  startedAgoMs: agoMs,
  getSteps,
});

export const galleryScenario: Scenario = {
  name: 'all',
  description: 'Every status, and one that does not exist, side by side in a run that never ends',
  build: () => ({
    ...fraudProject,
    runs: [
      buildGalleryRun('original', 1, 2 * days, () => [
        buildTableStep(),
        buildStatusStep('cached', 0),
        buildStatusStep('skipped', 1),
      ]),
      {
        ...buildGalleryRun('shown', 2, 50 * minutes, () => [
          buildTableStep(),
          ...Object.keys(attemptByStatus).map(buildStatusStep),
          buildServedStep('cached'),
          buildServedStep('skipped'),
          buildSilentStep(),
          buildUnreachedStep(),
        ]),
        original: 'original',
        states: [
          {atMs: 0, status: 'initializing', inProgress: true},
          {atMs: 500, status: 'running', inProgress: true},
        ],
      },
    ],
    shownRunKey: 'shown',
  }),
};
