import type {LogLineScript} from '../script.js';
import type {RunTimeline} from './model.js';

/** What the client that started a run prints. */
export const buildClientLines = (run: RunTimeline): LogLineScript[] => {
  const {stack, users} = run.world.script;
  const user = users.find(each => each.name === run.script.user)?.name ?? 'default';
  const opening = [
    `Initiating a new run for the pipeline: \`${run.script.pipeline}\`.`,
    `Using user: \`${user}\``,
    `Using stack: \`${stack.name}\``,
    '  orchestrator: `kubeflow`',
    `  artifact_store: \`${stack.artifactStore}\``,
    '  image_builder: `cloud-build`',
    '  step_operator: `vertex-gpu`',
    '  experiment_tracker: `mlflow`',
  ].map(message => ({atMs: run.startAt, message}));
  const cachedLines = run
    .getRows()
    .filter(row => row.original)
    .map(row => ({atMs: row.attempt.createdAt, message: `Using cached version of step \`${row.step.script.name}\`.`}));
  return [...opening, ...cachedLines, ...buildClosingLines(run)];
};

/** What the orchestrator of a dynamic run prints. */
export const buildOrchestratorLines = (run: RunTimeline): LogLineScript[] => {
  const rows = run.getRows().filter(row => row.attempt.version === 1);
  const starts = rows.map(row => ({
    atMs: row.attempt.startAt,
    message: `Step \`${row.step.script.name}\` has started.`,
  }));
  return [...starts, ...buildClosingLines(run)];
};

const buildClosingLines = (run: RunTimeline): LogLineScript[] => {
  const last = run.states.at(-1);
  if (!last || last.inProgress) {
    return [];
  }

  const time = formatLogSeconds(last.at - run.startAt);
  return [
    last.status === 'completed'
      ? {atMs: last.at, message: `Pipeline run has finished in \`${time}\`.`}
      : {atMs: last.at, message: `Pipeline run ${last.status} after \`${time}\`.`, level: 40},
  ];
};

/** A duration as ZenML prints it: `3.214s`. */
export const formatLogSeconds = (ms: number): string => `${(ms / 1000).toFixed(3)}s`;
