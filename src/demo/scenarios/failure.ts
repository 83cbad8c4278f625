import type {AttemptScript, ExceptionScript, RunScript, Scenario, StepScript} from '../script.js';
import * as code from './failure-code.js';
import {fraudProject} from './fraud-project.js';
import {
  buildFailedAttempt,
  buildFinalMetadata,
  buildSucceededAttempt,
  days,
  spreadMessages,
  vary,
} from './script-tools.js';

/** An exception that was raised from another, with the traceback that Python prints for it. */
const missingRateException: ExceptionScript = {
  source: 'fraud.steps.convert.MissingRateError',
  message: "no exchange rate for 'XAU' (41 transactions)",
  userCodeLine: 7,
  traceback:
    '  File "/app/fraud/steps/convert.py", line 28, in convert_amounts\n' +
    '    rate = rates[currency]\n' +
    '           ~~~~~^^^^^^^^^^\n' +
    "KeyError: 'XAU'\n" +
    '\n' +
    'The above exception was the direct cause of the following exception:\n' +
    '\n' +
    'Traceback (most recent call last):\n' +
    '  File "/opt/venv/lib/python3.11/site-packages/zenml/steps/base_step.py", line 757, in call_entrypoint\n' +
    '    return self.entrypoint(**validated_args)\n' +
    '           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^\n' +
    '  File "/app/fraud/steps/convert.py", line 30, in convert_amounts\n' +
    '    raise MissingRateError(f"no exchange rate for {currency!r} ({len(rows)} transactions)") from error\n' +
    "fraud.steps.convert.MissingRateError: no exchange rate for 'XAU' (41 transactions)\n",
};

const buildConversionLog = (seconds: number) => [
  ...spreadMessages(seconds, [
    'converting 212408 amounts in 23 currencies',
    'AED  1,204 rows at 4.0211',
    'CHF 18,377 rows at 0.9387',
    'GBP 31,902 rows at 0.8341',
    'USD 94,116 rows at 1.0874',
  ]),
  {atMs: seconds * 1000 - 200, message: 'SEK rate is two days old', level: 30},
];

type NightlyRun = {readonly key: string; readonly fails: boolean};

const buildConversionAttempts = ({key, fails}: NightlyRun): AttemptScript[] => {
  const success = buildSucceededAttempt(vary(14, 0.1, key, 'convert'), {logs: buildConversionLog(14)});
  if (!fails) {
    return [success];
  }

  return [
    buildFailedAttempt(9, missingRateException, {logs: buildConversionLog(9), isLast: false}),
    buildFailedAttempt(9, missingRateException, {logs: buildConversionLog(9)}),
  ];
};

/** The nine steps of `nightly_scoring`: one branch scores the day, the other measures drift. */
const buildScoringSteps = (night: NightlyRun): StepScript[] => {
  const pickSeconds = (seconds: number, name: string): number => vary(seconds, 0.08, night.key, name);
  const getModule = (name: string): string => `fraud.steps.${name}`;
  return [
    {
      name: 'fetch_model',
      module: getModule('score'),
      code: code.fetchModel,
      docstring: 'The model version that is in production today.',
      outputs: [{name: 'scorer', kind: 'booster'}],
      attempts: [
        buildSucceededAttempt(pickSeconds(4, 'fetch'), {
          logs: spreadMessages(4, ['fraud_scorer version 31 (production)']),
        }),
      ],
      delayMs: 900,
    },
    {
      name: 'load_batch',
      module: getModule('load'),
      code: code.loadBatch,
      docstring: 'All transactions of one day.',
      parameters: {day: 'yesterday'},
      outputs: [{name: 'batch', kind: 'dataframe', itemCount: 212_408, metadata: {shape: [212_408, 17]}}],
      attempts: [
        buildSucceededAttempt(pickSeconds(7, 'batch'), {logs: spreadMessages(7, ['read 212408 transactions'])}),
      ],
      enableCache: false,
      delayMs: 950,
    },
    {
      name: 'load_rates',
      module: getModule('load'),
      code: code.loadRates,
      docstring: 'Exchange rates against the euro.',
      outputs: [
        {name: 'rates', kind: 'dict', itemCount: 31, metadata: {value: {USD: 1.0874, GBP: 0.8341, CHF: 0.9387}}},
      ],
      attempts: [buildSucceededAttempt(pickSeconds(2, 'rates'), {logs: spreadMessages(2, ['31 rates for today'])})],
      enableCache: false,
      delayMs: 1000,
    },
    {
      name: 'convert_amounts',
      module: getModule('convert'),
      code: code.convertAmounts,
      docstring: 'Every amount in euros.',
      inputs: [
        {name: 'batch', from: 'load_batch', output: 'batch'},
        {name: 'rates', from: 'load_rates', output: 'rates'},
      ],
      outputs: [{name: 'amounts', kind: 'dataframe', itemCount: 212_408, metadata: {shape: [212_408, 18]}}],
      attempts: buildConversionAttempts(night),
      retry: {max_retries: 1, delay: 3, backoff: 1},
      settings: {resources: {cpu_count: 4, gpu_count: null, memory: '16GB'}},
    },
    {
      name: 'measure_drift',
      module: getModule('drift'),
      code: code.measureDrift,
      docstring: 'Population stability of each column against the last four weeks.',
      parameters: {reference_days: 28},
      inputs: [{name: 'batch', from: 'load_batch', output: 'batch'}],
      outputs: [{name: 'drift', kind: 'dict', itemCount: 17, metadata: {value: {amount: 0.04, country: 0.11}}}],
      attempts: [
        buildSucceededAttempt(pickSeconds(38, 'drift'), {
          logs: spreadMessages(
            38,
            ['amount', 'country', 'merchant', 'category', 'hour', 'channel', 'device', 'distance'].map(
              (column, index) => `psi of ${column.padEnd(9)} ${(0.02 + index * 0.013).toFixed(3)}`,
            ),
          ),
          metadata: buildFinalMetadata(38, {worst_psi: 0.111}),
        }),
      ],
    },
    {
      name: 'score',
      module: getModule('score'),
      code: code.score,
      docstring: 'Probability of fraud for each transaction.',
      inputs: [
        {name: 'scorer', from: 'fetch_model', output: 'scorer'},
        {name: 'amounts', from: 'convert_amounts', output: 'amounts'},
      ],
      outputs: [{name: 'scores', kind: 'dataframe', itemCount: 212_408}],
      attempts: [buildSucceededAttempt(pickSeconds(11, 'score'))],
    },
    {
      name: 'drift_report',
      module: getModule('drift'),
      code: code.driftReport,
      inputs: [{name: 'drift', from: 'measure_drift', output: 'drift'}],
      outputs: [{name: 'output', kind: 'html'}],
      attempts: [buildSucceededAttempt(pickSeconds(5, 'report'))],
    },
    {
      name: 'flag',
      module: getModule('score'),
      code: code.flag,
      docstring: 'The transactions that a person must look at.',
      parameters: {threshold: 0.92},
      inputs: [{name: 'scores', from: 'score', output: 'scores'}],
      outputs: [{name: 'flagged', kind: 'dataframe', itemCount: 137}],
      attempts: [buildSucceededAttempt(pickSeconds(3, 'flag'))],
    },
    {
      name: 'notify_analysts',
      module: getModule('notify'),
      code: code.notifyAnalysts,
      docstring: 'Open a case for each flagged transaction.',
      parameters: {channel: '#fraud-desk'},
      inputs: [{name: 'flagged', from: 'flag', output: 'flagged'}],
      attempts: [buildSucceededAttempt(pickSeconds(4, 'notify'))],
      enableCache: false,
      secrets: ['slack-bot'],
    },
  ];
};

const buildNightlyRun = (night: NightlyRun, index: number, agoMs: number): RunScript => ({
  key: night.key,
  pipeline: 'nightly_scoring',
  index,
  user: 'nightly',
  startedAgoMs: agoMs,
  getSteps: () => buildScoringSteps(night),
  parameters: {day: 'yesterday'},
  failureHook: {module: 'fraud.hooks', attribute: 'notify_slack'},
  tags: ['nightly'],
});

export const failureScenario: Scenario = {
  name: 'failure',
  description:
    'A step fails twice with a chained exception; another branch keeps running, downstream steps never start',
  build: () => ({
    ...fraudProject,
    runs: [
      ...[4, 3, 2, 1].map(ago => buildNightlyRun({key: `night -${ago}`, fails: false}, 218 - ago, ago * days)),
      buildNightlyRun({key: 'tonight', fails: true}, 218, 350),
    ],
    shownRunKey: 'tonight',
  }),
};
