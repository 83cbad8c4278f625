import type {StepScript} from '../../script.js';
import {buildFinalMetadata, buildSucceededAttempt, spreadMessages} from '../script-tools.js';
import * as code from './code.js';
import {buildEncoderLog, buildFeatureLog} from './logs.js';
import {
  createSecondsPicker,
  getFeatureColumnCount,
  getTrainingModule,
  getTransactionCount,
  type TrainingRun,
} from './training-run.js';

/** The steps from loading the data to the split into train and test. */
export const buildDataSteps = (run: TrainingRun): StepScript[] => {
  const {dataVersion, windowDays, encoder} = run;
  const pickSeconds = createSecondsPicker(run);
  const rows = getTransactionCount(run);
  const featureColumns = getFeatureColumnCount(run);
  const encoderSeconds = encoder === 'new' ? 21 : 16;
  const buildTableMetadata = (columns: number, share = 1) => ({shape: [Math.round(rows * share), columns]});
  return [
    {
      name: 'load_transactions',
      module: getTrainingModule('load'),
      code: code.loadTransactions,
      docstring: 'Read card transactions of the last 90 days from the warehouse.',
      parameters: {data_version: dataVersion, sample: 1},
      outputs: [{name: 'transactions', kind: 'dataframe', itemCount: rows, metadata: buildTableMetadata(17)}],
      attempts: [
        buildSucceededAttempt(pickSeconds(5, 'load'), {logs: spreadMessages(5, [`read ${rows} transactions`])}),
      ],
      secrets: ['bigquery-reader'],
      delayMs: 700,
    },
    {
      name: 'load_labels',
      module: getTrainingModule('load'),
      code: code.loadLabels,
      docstring: 'Read confirmed chargebacks, one row per transaction.',
      parameters: {data_version: dataVersion},
      outputs: [{name: 'labels', kind: 'dataframe', itemCount: 18_422, metadata: {shape: [18_422, 4]}}],
      attempts: [buildSucceededAttempt(pickSeconds(3, 'labels'))],
      delayMs: 950,
    },
    {
      name: 'validate_schema',
      module: getTrainingModule('validate'),
      code: code.validateSchema,
      docstring: 'Fail early when a column is missing or a type has changed.',
      inputs: [
        {name: 'transactions', from: 'load_transactions', output: 'transactions'},
        {name: 'labels', from: 'load_labels', output: 'labels'},
      ],
      outputs: [
        {
          name: 'schema_report',
          kind: 'dict',
          metadata: {value: {transactions: {columns: 17, errors: 0}, labels: {columns: 4, errors: 0}}},
        },
      ],
      attempts: [
        buildSucceededAttempt(pickSeconds(2, 'validate'), {
          logs: spreadMessages(2, ['17 columns, 0 errors', '4 columns, 0 errors']),
        }),
      ],
      delayMs: 250,
    },
    {
      name: 'profile_data',
      module: getTrainingModule('validate'),
      code: code.profileData,
      docstring: 'Distribution of every column, as an HTML report.',
      inputs: [{name: 'transactions', from: 'load_transactions', output: 'transactions'}],
      after: ['validate_schema'],
      outputs: [{name: 'data_profile', kind: 'html'}],
      attempts: [buildSucceededAttempt(pickSeconds(9, 'profile'))],
      delayMs: 250,
    },
    {
      name: 'build_features',
      module: getTrainingModule('features'),
      code: code.buildFeatures,
      docstring: 'Rolling counts, sums and distances per card.',
      parameters: {window_days: windowDays, min_events: 3},
      inputs: [{name: 'transactions', from: 'load_transactions', output: 'transactions'}],
      after: ['validate_schema'],
      outputs: [
        {
          name: 'features',
          kind: 'dataframe',
          itemCount: Math.round(rows * 0.94),
          metadata: buildTableMetadata(featureColumns, 0.94),
        },
      ],
      attempts: [
        buildSucceededAttempt(pickSeconds(12, 'features'), {
          logs: buildFeatureLog(12, windowDays, featureColumns),
          metadata: buildFinalMetadata(12, {features: featureColumns, rows: Math.round(rows * 0.94)}),
        }),
      ],
      settings: {resources: {cpu_count: 8, gpu_count: null, memory: '32GB'}},
      delayMs: 700,
    },
    {
      name: 'encode_merchants',
      module: getTrainingModule('features'),
      code: encoder === 'new' ? code.encodeMerchants : code.encodeMerchantsOld,
      docstring: 'Embed merchants so that those visited by the same cards are close together.',
      parameters: {dimensions: 64},
      inputs: [{name: 'transactions', from: 'load_transactions', output: 'transactions'}],
      after: ['validate_schema'],
      outputs: [{name: 'merchant_vectors', kind: 'ndarray', metadata: {shape: [41_873, 64], dtype: 'float32'}}],
      attempts: [buildSucceededAttempt(pickSeconds(encoderSeconds, 'encode'), {logs: buildEncoderLog(encoderSeconds)})],
      settings: {resources: {cpu_count: 8, gpu_count: null, memory: '16GB'}},
      delayMs: 820,
    },
    {
      name: 'split',
      module: getTrainingModule('split'),
      code: code.split,
      docstring: 'Split by time, so that nothing from the future leaks into training.',
      parameters: {test_size: 0.2},
      inputs: [
        {name: 'features', from: 'build_features', output: 'features'},
        {name: 'labels', from: 'load_labels', output: 'labels'},
      ],
      outputs: [
        {
          name: 'train',
          kind: 'dataframe',
          itemCount: Math.round(rows * 0.75),
          metadata: buildTableMetadata(featureColumns, 0.75),
        },
        {
          name: 'test',
          kind: 'dataframe',
          itemCount: Math.round(rows * 0.19),
          metadata: buildTableMetadata(featureColumns, 0.19),
        },
      ],
      attempts: [
        buildSucceededAttempt(pickSeconds(4, 'split'), {
          logs: spreadMessages(4, ['train: the first 80% of the period, 14,731 frauds', 'test: the last 20%']),
        }),
      ],
    },
  ];
};
