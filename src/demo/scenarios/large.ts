import type {AttemptScript, Scenario, StepScript} from '../script.js';
import {fraudProject} from './fraud-project.js';
import {buildFailedAttempt, buildSucceededAttempt, minutes, spreadMessages, vary} from './script-tools.js';

/** Five steps end and five start each second: a hundred changes in ten seconds. */
const shardsPerSecond = 5;
const shardSeconds = 20;
const pastMs = 30 * minutes;
/** `plan_shards` has ended after this time, from the start of the run. */
const planMs = 3500;
/** The share of the steps that have finished when the server starts. */
const doneShare = 0.4;

const shardCode = `@step(retry=StepRetryConfig(max_retries=1, delay=2, backoff=1))
def score_shard(plan: dict, shard: int) -> Annotated[dict, "shard_scores"]:
    """Score one shard of the archive."""
    frame = read_shard(plan, shard)
    return summarize(model.predict(frame))
`;

const preemption = {
  source: 'kubernetes.client.exceptions.ApiException',
  message: '(410) Reason: Gone: the node was preempted',
  userCodeLine: 3,
  traceback:
    '  File "/app/fraud/steps/archive.py", line 31, in score_shard\n    frame = read_shard(plan, shard)\n' +
    'kubernetes.client.exceptions.ApiException: (410) Reason: Gone: the node was preempted\n',
};

const formatShardName = (shard: number): string => `score_${String(shard).padStart(4, '0')}`;

/** When a shard starts, relative to the start of the server. The finished ones are spread over the half hour before it. */
const getShardStartMs = (shard: number, doneCount: number): number => {
  const runningCount = shardsPerSecond * shardSeconds;
  if (shard < doneCount) {
    return -pastMs + 6000 + (shard / doneCount) * (pastMs - 60_000);
  }

  return ((shard - doneCount - runningCount) / shardsPerSecond) * 1000;
};

const buildShardAttempts = (shard: number): AttemptScript[] => {
  const logs = spreadMessages(shardSeconds, [`reading shard ${shard}`, 'scoring 25,000 rows', 'writing scores']);
  const success = buildSucceededAttempt(vary(shardSeconds, 0.02, 'large', shard), {logs});
  return shard % 50 === 7 ? [buildFailedAttempt(3, preemption, {isLast: false}), success] : [success];
};

const buildShardStep = (shard: number, doneCount: number): StepScript => ({
  name: formatShardName(shard),
  function: 'score_shard',
  module: 'fraud.steps.archive',
  code: shardCode,
  docstring: 'Score one shard of the archive.',
  parameters: {shard},
  inputs: [{name: 'plan', from: 'plan_shards', output: 'plan'}],
  outputs: [{name: 'shard_scores', kind: 'dict', version: String(shard + 1), itemCount: 4}],
  attempts: buildShardAttempts(shard),
  retry: {max_retries: 1, delay: 2, backoff: 1},
  delayMs: pastMs - planMs + getShardStartMs(shard, doneCount),
});

/** All steps but the first and the last, and at least one. */
const countShards = (size: number): number => Math.max(1, size - 2);

const buildArchiveSteps = (size: number): StepScript[] => {
  const shardCount = countShards(size);
  const doneCount = Math.floor(size * doneShare);
  return [
    {
      name: 'plan_shards',
      module: 'fraud.steps.archive',
      code: '@step\ndef plan_shards() -> Annotated[dict, "plan"]:\n    return {"rows": 25_000}\n',
      outputs: [{name: 'plan', kind: 'dict', itemCount: 1, metadata: {value: {rows: 25_000}}}],
      attempts: [buildSucceededAttempt(2)],
    },
    ...Array.from({length: shardCount}, (_, shard) => buildShardStep(shard, doneCount)),
    {
      name: 'merge_scores',
      module: 'fraud.steps.archive',
      code: '@step\ndef merge_scores() -> Annotated[pd.DataFrame, "archive_scores"]:\n    return read_all(SCORES)\n',
      after: Array.from({length: Math.min(10, shardCount)}, (_, index) => formatShardName(shardCount - 1 - index)),
      outputs: [{name: 'archive_scores', kind: 'dataframe'}],
      attempts: [buildSucceededAttempt(12)],
    },
  ];
};

export const largeScenario: Scenario = {
  name: 'large',
  description: 'A run of 500 steps (large:5000 for more), a hundred of which change every ten seconds',
  build: (size = 500) => ({
    ...fraudProject,
    runs: [
      {
        key: 'archive',
        pipeline: 'score_archive',
        index: 3,
        user: 'jonas',
        startedAgoMs: pastMs,
        getSteps: () => buildArchiveSteps(size),
        parameters: {shards: countShards(size)},
        tags: ['backfill'],
      },
    ],
    shownRunKey: 'archive',
  }),
};
