import type {AttemptScript, ExceptionScript, StepScript} from '../../script.js';
import {buildFailedAttempt, buildFinalMetadata, buildSucceededAttempt, spreadMessages, vary} from '../script-tools.js';
import * as code from './code.js';
import {buildBaselineLog, buildBoostingLog, buildDeployLog, buildEpochLog, buildEpochMetadata} from './logs.js';
import {createSecondsPicker, getTrainingModule, type TrainingRun} from './training-run.js';

const outOfMemoryException: ExceptionScript = {
  source: 'torch.cuda.OutOfMemoryError',
  message:
    'CUDA out of memory. Tried to allocate 2.50 GiB. GPU 0 has a total capacity of 39.56 GiB of which 1.19 GiB is free.',
  userCodeLine: 15,
  traceback:
    '  File "/app/fraud/steps/train_transformer.py", line 41, in train_transformer\n' +
    '    loss = train_epoch(model, loader, optimizer)\n' +
    '           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^\n' +
    '  File "/app/fraud/models/sequence.py", line 118, in train_epoch\n' +
    '    scores = model(batch.events, batch.mask)\n' +
    '             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^\n' +
    '  File "/opt/venv/lib/python3.11/site-packages/torch/nn/modules/module.py", line 1553, in _call_impl\n' +
    '    return forward_call(*args, **kwargs)\n' +
    '           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^\n' +
    'torch.cuda.OutOfMemoryError: CUDA out of memory. Tried to allocate 2.50 GiB. GPU 0 has a total capacity of ' +
    '39.56 GiB of which 1.19 GiB is free.\n',
};

const provisioning = [{status: 'provisioning', durationMs: 2600}];

const buildTransformerAttempts = ({key, transformerAttempts}: TrainingRun): AttemptScript[] => {
  const seconds = vary(46, 0.08, key, 'transformer');
  const buildOutOfMemoryAttempt = (failedAfter: number, isLast: boolean): AttemptScript =>
    buildFailedAttempt(failedAfter, outOfMemoryException, {
      logs: buildEpochLog(failedAfter, 20, 3),
      opening: provisioning,
      isLast,
    });
  const success = buildSucceededAttempt(seconds, {
    logs: buildEpochLog(seconds, 20, 20),
    metadata: buildEpochMetadata(seconds, 20),
    opening: provisioning,
  });
  if (transformerAttempts === 'first-succeeds') {
    return [success];
  }

  if (transformerAttempts === 'second-succeeds') {
    return [buildOutOfMemoryAttempt(8, false), success];
  }

  return [buildOutOfMemoryAttempt(8, false), buildOutOfMemoryAttempt(7, false), buildOutOfMemoryAttempt(7, true)];
};

const buildMetrics = ({key}: TrainingRun) => ({
  baseline: {auc: vary(0.871, 0.002, key, 'b'), average_precision: vary(0.402, 0.01, key, 'bp')},
  gbm: {auc: vary(0.958, 0.002, key, 'g'), average_precision: vary(0.641, 0.01, key, 'gp')},
  transformer: {auc: vary(0.967, 0.002, key, 't'), average_precision: vary(0.688, 0.01, key, 'tp')},
});

/** The steps that train three models in parallel and release the best one. */
export const buildModelSteps = (run: TrainingRun): StepScript[] => {
  const pickSeconds = createSecondsPicker(run);
  const {learningRate} = run;
  return [
    {
      name: 'train_baseline',
      module: getTrainingModule('train'),
      code: code.trainBaseline,
      docstring: 'Logistic regression, the model to beat.',
      parameters: {c: 0.5},
      inputs: [{name: 'train', from: 'split', output: 'train'}],
      outputs: [{name: 'baseline', kind: 'sklearn'}],
      attempts: [
        buildSucceededAttempt(pickSeconds(10, 'baseline'), {
          logs: buildBaselineLog(10),
          metadata: buildFinalMetadata(10, {train_auc: 0.8731}),
        }),
      ],
      experimentTracker: 'mlflow',
    },
    {
      name: 'train_gbm',
      module: getTrainingModule('train'),
      code: code.trainGbm,
      docstring: 'Gradient boosted trees.',
      parameters: {learning_rate: learningRate, max_depth: 8, rounds: 400},
      inputs: [{name: 'train', from: 'split', output: 'train'}],
      outputs: [{name: 'gbm', kind: 'booster'}],
      attempts: [
        buildSucceededAttempt(pickSeconds(33, 'gbm'), {
          logs: buildBoostingLog(33, 400, learningRate),
          metadata: buildFinalMetadata(33, {best_iteration: 388, auc: 0.9612}),
        }),
      ],
      settings: {resources: {cpu_count: 16, gpu_count: null, memory: '64GB'}},
      experimentTracker: 'mlflow',
      delayMs: 520,
    },
    {
      name: 'train_transformer',
      module: getTrainingModule('train'),
      code: code.trainTransformer,
      docstring: 'A small transformer over the last 128 transactions of a card.',
      parameters: {epochs: 20, batch_size: 1024, lr: 0.0003},
      inputs: [
        {name: 'train', from: 'split', output: 'train'},
        {name: 'merchant_vectors', from: 'encode_merchants', output: 'merchant_vectors'},
      ],
      outputs: [{name: 'transformer', kind: 'torch', metadata: {parameters: 4_812_033}}],
      attempts: buildTransformerAttempts(run),
      enableCache: false,
      retry: {max_retries: 2, delay: 4, backoff: 2},
      settings: {
        resources: {cpu_count: 8, gpu_count: 1, memory: '64GB'},
        'step_operator.vertex': {
          accelerator_type: 'NVIDIA_TESLA_A100',
          accelerator_count: 1,
          machine_type: 'a2-highgpu-1g',
          region: 'europe-west4',
        },
      },
      environment: {PYTORCH_CUDA_ALLOC_CONF: 'expandable_segments:True'},
      stepOperator: 'vertex-gpu',
      experimentTracker: 'mlflow',
      runtime: 'isolated',
      heartbeatThreshold: 30,
    },
    {
      name: 'evaluate',
      module: getTrainingModule('evaluate'),
      code: code.evaluate,
      docstring: 'Score every candidate on the newest fifth of the data.',
      inputs: [
        {name: 'test', from: 'split', output: 'test'},
        {name: 'baseline', from: 'train_baseline', output: 'baseline'},
        {name: 'gbm', from: 'train_gbm', output: 'gbm'},
        {name: 'transformer', from: 'train_transformer', output: 'transformer'},
      ],
      outputs: [
        {name: 'metrics', kind: 'dict', metadata: {value: buildMetrics(run)}},
        {name: 'best_model', kind: 'str', content: 'transformer', metadata: {value: 'transformer'}},
      ],
      attempts: [
        buildSucceededAttempt(pickSeconds(9, 'evaluate'), {
          logs: spreadMessages(
            9,
            Object.entries(buildMetrics(run)).map(([name, {auc}]) => `${name.padEnd(12)} auc ${auc}`),
          ),
          metadata: buildFinalMetadata(9, {best: 'transformer', ...buildMetrics(run).transformer}),
        }),
      ],
    },
    {
      name: 'explain',
      module: getTrainingModule('evaluate'),
      code: code.explain,
      docstring: 'What the trees look at, by SHAP values on a sample.',
      parameters: {sample: 5000},
      inputs: [
        {name: 'gbm', from: 'train_gbm', output: 'gbm'},
        {name: 'test', from: 'split', output: 'test'},
      ],
      outputs: [{name: 'shap_report', kind: 'html'}],
      attempts: [
        buildSucceededAttempt(pickSeconds(17, 'explain'), {
          logs: spreadMessages(17, ['explaining 5000 rows', '2500 of 5000', 'rendering']),
        }),
      ],
    },
    {
      name: 'register_model',
      module: getTrainingModule('release'),
      code: code.registerModel,
      docstring: 'Make the best candidate a new version of the model, if it is good enough.',
      parameters: {minimum: 0.6},
      inputs: [
        {name: 'metrics', from: 'evaluate', output: 'metrics'},
        {name: 'best_model', from: 'evaluate', output: 'best_model'},
      ],
      outputs: [{name: 'registered', kind: 'bool', content: 'true', metadata: {value: true}}],
      attempts: [
        buildSucceededAttempt(pickSeconds(6, 'register'), {
          logs: spreadMessages(6, ['fraud_scorer: new version in stage staging']),
        }),
      ],
      secrets: ['model-registry'],
    },
    {
      name: 'deploy_canary',
      module: getTrainingModule('release'),
      code: code.deployCanary,
      docstring: 'Serve a few percent of the traffic with the new version.',
      parameters: {traffic: 5},
      inputs: [{name: 'registered', from: 'register_model', output: 'registered'}],
      outputs: [{name: 'endpoint', kind: 'str', metadata: {value: 'https://fraud-scorer.example.com/v1/score'}}],
      attempts: [buildSucceededAttempt(pickSeconds(10, 'deploy'), {logs: buildDeployLog(10)})],
      enableCache: false,
    },
  ];
};
