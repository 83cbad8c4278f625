import type {ArtifactVersion, StepInput, StepOutput} from '../../src/domain/artifact.js';
import type {Attempt, StepDetail} from '../../src/domain/attempt.js';
import type {Dag, DagStep} from '../../src/domain/dag.js';
import type {Exception} from '../../src/domain/exception.js';
import type {Failure} from '../../src/domain/failure.js';
import {toArtifactVersionId, toPipelineId, toProjectId, toRunId, toStepId} from '../../src/domain/ids.js';
import type {Instant} from '../../src/domain/instant.js';
import type {Question} from '../../src/domain/intervention/question.js';
import type {LogEntry} from '../../src/domain/log/entry.js';
import type {Run, RunConfig} from '../../src/domain/run.js';
import type {RunContext} from '../../src/domain/run-context.js';
import type {ServerInfo} from '../../src/domain/server.js';
import {isFinished, type Status} from '../../src/domain/status.js';
import type {Step} from '../../src/domain/step.js';
import type {CachePolicy, StepConfig, StepSpec} from '../../src/domain/step-config.js';

/** 2026-11-23, 21:04:11 UTC: when the run of `aRun` starts, unless another start is given. */
export const startOfRun: Instant = Date.UTC(2026, 10, 23, 21, 4, 11);

/** The instant this many seconds after `startOfRun`. */
export const at = (seconds: number): Instant => startOfRun + seconds * 1000;

/** Ends after 12 s if its status is a finished one; its ID is derived from its name and number. */
export const anAttempt = (changes: Partial<Attempt> = {}): Attempt => {
  const status = changes.status ?? 'completed';
  const name = changes.name ?? 'trainer';
  const number = changes.number ?? 1;
  const startedAt = 'startedAt' in changes ? changes.startedAt : at(0);
  const endedAt = startedAt !== undefined && isFinished(status) ? startedAt + 12_000 : undefined;
  return {
    id: toStepId(`step-${name}-${number}`),
    name,
    number,
    isNumbered: true,
    status,
    statusWord: status,
    startedAt,
    endedAt,
    updatedAt: endedAt ?? startedAt ?? at(0),
    heartbeatAt: undefined,
    heartbeatThresholdMs: undefined,
    inputs: [],
    outputs: [],
    logSources: [],
    resourceRequestId: undefined,
    ...changes,
  };
};

/** A step with one attempt that has the given status, unless its attempts are given. */
export const aStep = (changes: Partial<Step> & {readonly status?: Status} = {}): Step => {
  const {status = 'completed', name = changes.attempts?.[0]?.name ?? 'trainer', ...others} = changes;
  return {name, attempts: [anAttempt({name, status})], group: undefined, upstream: [], ...others};
};

/** A step that has not started. */
export const aPlannedStep = (changes: Partial<Step> = {}): Step => aStep({attempts: [], ...changes});

/** In progress unless its status is a finished one; hydrated. */
export const aRun = (changes: Partial<Run> = {}): Run => {
  const status = changes.status ?? 'running';
  const isOver = isFinished(status);
  return {
    id: toRunId('11111111-1111-4111-8111-111111111111'),
    name: 'training_pipeline-2026_11_23-21_04_11',
    projectId: toProjectId('22222222-2222-4222-8222-222222222222'),
    status,
    statusWord: status,
    statusReason: undefined,
    isInProgress: !isOver,
    index: 42,
    pipeline: {id: toPipelineId('33333333-3333-4333-8333-333333333333'), name: 'training_pipeline'},
    stack: {id: 'stack', name: 'default'},
    user: {id: 'user', name: 'ada'},
    createdAt: at(0),
    updatedAt: at(0),
    startedAt: at(0),
    endedAt: isOver ? at(724) : undefined,
    isDynamic: false,
    parentRun: undefined,
    tags: [],
    logSources: [],
    waitCondition: undefined,
    snapshotId: undefined,
    config: aRunConfig(),
    exception: undefined,
    metadata: {},
    context: undefined,
    ...changes,
  };
};

export const aRunConfig = (changes: Partial<RunConfig> = {}): RunConfig => ({
  isCacheEnabled: undefined,
  retry: undefined,
  parameters: {},
  whole: {},
  ...changes,
});

export const aDetail = (changes: Partial<StepDetail> = {}): StepDetail => ({
  attempt: anAttempt(),
  runId: toRunId('11111111-1111-4111-8111-111111111111'),
  config: aStepConfig(),
  spec: aStepSpec(),
  cacheKey: undefined,
  cacheExpiresAt: undefined,
  originalStepId: undefined,
  docstring: undefined,
  sourceCode: undefined,
  exception: undefined,
  metadata: {},
  ...changes,
});

export const aStepConfig = (changes: Partial<StepConfig> = {}): StepConfig => ({
  name: 'trainer',
  isCacheEnabled: undefined,
  parameters: {},
  retry: undefined,
  cachePolicy: aCachePolicy(),
  cachingParameters: {},
  group: undefined,
  runtime: undefined,
  stepOperator: undefined,
  settings: {},
  environment: {},
  secretNames: [],
  hooks: {},
  outputMaterializers: {},
  whole: {},
  ...changes,
});

export const aCachePolicy = (changes: Partial<CachePolicy> = {}): CachePolicy => ({
  includesStepCode: true,
  includesStepParameters: true,
  includesArtifactValues: true,
  includesArtifactIds: true,
  ignoredInputs: [],
  fileDependencies: [],
  sourceDependencies: [],
  cacheFunction: undefined,
  expiresAfterSeconds: undefined,
  ...changes,
});

export const aStepSpec = (changes: Partial<StepSpec> = {}): StepSpec => ({
  source: 'pipelines.train.trainer',
  upstream: [],
  inputs: [],
  ...changes,
});

export const anArtifact = (changes: Partial<ArtifactVersion> = {}): ArtifactVersion => ({
  id: toArtifactVersionId(`artifact-${changes.artifactName ?? 'embeddings'}-${changes.version ?? '17'}`),
  artifactName: 'embeddings',
  version: '17',
  uri: '/stores/embeddings/17',
  type: 'DataArtifact',
  dataType: 'pandas.core.frame.DataFrame',
  materializer: 'zenml.materializers.pandas_materializer.PandasMaterializer',
  saveType: 'step_output',
  artifactStoreId: undefined,
  contentHash: undefined,
  itemCount: undefined,
  createdAt: at(0),
  ...changes,
});

export const anInput = (changes: Partial<StepInput> = {}): StepInput => ({
  name: 'dataset',
  inputType: 'step_output',
  index: undefined,
  chunkIndex: undefined,
  chunkSize: undefined,
  artifact: anArtifact(),
  ...changes,
});

export const anOutput = (changes: Partial<StepOutput> = {}): StepOutput => ({
  name: 'model',
  artifact: anArtifact({artifactName: 'model', version: '3', dataType: 'builtins.dict'}),
  ...changes,
});

export const anException = (changes: Partial<Exception> = {}): Exception => ({
  message: 'CUDA out of memory',
  source: 'builtins.RuntimeError',
  line: 3,
  traceback: undefined,
  ...changes,
});

export const aDag = (changes: Partial<Dag> = {}): Dag => ({steps: [], childRuns: [], waitConditions: [], ...changes});

/** A planned step unless an ID is given. */
export const aDagStep = (changes: Partial<DagStep> = {}): DagStep => ({
  name: 'trainer',
  id: undefined,
  status: undefined,
  startedAt: undefined,
  durationMs: undefined,
  group: undefined,
  upstream: [],
  ...changes,
});

export const aLogEntry = (changes: Partial<LogEntry> = {}): LogEntry => ({
  id: 'entry',
  message: 'epoch 7/20 loss 0.213',
  level: 20,
  at: at(500),
  chunkIndex: 0,
  chunkCount: 1,
  ...changes,
});

export const aServerInfo = (changes: Partial<ServerInfo> = {}): ServerInfo => ({
  version: '0.98.0',
  authScheme: undefined,
  deploymentType: undefined,
  name: undefined,
  id: undefined,
  serverUrl: undefined,
  dashboardUrl: undefined,
  ...changes,
});

export const aRefusal = (status: number, changes: Partial<Failure & {readonly kind: 'refused'}> = {}): Failure => ({
  kind: 'refused',
  status,
  detail: '',
  retryAfterMs: undefined,
  requestId: undefined,
  ...changes,
});

/** A pending question that takes no value, asked 13 s after `startOfRun`. */
export const aQuestion = (changes: Partial<Question> = {}): Question => ({
  id: 'question',
  name: 'approve',
  isPending: true,
  text: 'Deploy the model?',
  schema: null,
  metadata: {},
  createdAt: at(13),
  lastPolledAt: undefined,
  leaseExpiresAt: undefined,
  resolvedAt: undefined,
  resolvedById: undefined,
  resolution: undefined,
  result: null,
  ...changes,
});

/** What a hydrated response says about where a run came from. */
export const aContext = (changes: Partial<RunContext> = {}): RunContext => ({
  orchestratorRunId: 'job-7',
  code: undefined,
  codePath: undefined,
  modelVersion: undefined,
  modelStage: undefined,
  schedule: undefined,
  trigger: undefined,
  originalRun: undefined,
  clientEnvironment: {zenml_version: '0.98.0', python_version: '3.11.7'},
  orchestratorEnvironment: {},
  ...changes,
});
