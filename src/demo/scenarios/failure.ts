import type {AttemptScript, ExceptionScript, HookScript, RunScript, Scenario, StepScript} from '../script.js';
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

/** As Python prints an exception that was raised from another. */
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
  {atMs: seconds * 1000 - 200, message: 'rate of SEK is two days old', level: 30},
];

type NightlyRun = {readonly key: string; readonly breaks: boolean};

const buildConversionAttempts = ({key, breaks}: NightlyRun): AttemptScript[] => {
  const whole = buildSucceededAttempt(vary(14, 0.1, key, 'convert'), {logs: buildConversionLog(14)});
  if (!breaks) {
    return [whole];
  }
  return [
    buildFailedAttempt(9, missingRateException, {logs: buildConversionLog(9), isLast: false}),
    buildFailedAttempt(9, missingRateException, {logs: buildConversionLog(9)}),
  ];
};

const slackHook: HookScript = {type: 'step_failure', source: 'fraud.hooks.tell_slack', durationMs: 380};

/** The nine steps of `nightly_scoring`: one branch scores the day, the other measures drift. */
const buildScoringSteps = (night: NightlyRun): StepScript[] => {
  const took = (seconds: number, name: string): number => vary(seconds, 0.08, night.key, name);
  const module = (name: string): string => `fraud.steps.${name}`;
  return [
    {
      name: 'fetch_model',
      module: module('score'),
      code: code.fetchModel,
      docstring: 'The model version that is in production today.',
      outputs: [{name: 'scorer', kind: 'booster'}],
      attempts: [
        buildSucceededAttempt(took(4, 'fetch'), {logs: spreadMessages(4, ['fraud_scorer version 31 (production)'])}),
      ],
      delayMs: 900,
    },
    {
      name: 'load_batch',
      module: module('load'),
      code: code.loadBatch,
      docstring: 'All transactions of one day.',
      parameters: {day: 'yesterday'},
      outputs: [{name: 'batch', kind: 'dataframe', itemCount: 212_408, metadata: {shape: [212_408, 17]}}],
      attempts: [buildSucceededAttempt(took(7, 'batch'), {logs: spreadMessages(7, ['read 212408 transactions'])})],
      enableCache: false,
      delayMs: 950,
    },
    {
      name: 'load_rates',
      module: module('load'),
      code: code.loadRates,
      docstring: 'Exchange rates against the euro.',
      outputs: [
        {name: 'rates', kind: 'dict', itemCount: 31, metadata: {value: {USD: 1.0874, GBP: 0.8341, CHF: 0.9387}}},
      ],
      attempts: [buildSucceededAttempt(took(2, 'rates'), {logs: spreadMessages(2, ['31 rates of today'])})],
      enableCache: false,
      delayMs: 1000,
    },
    {
      name: 'convert_amounts',
      module: module('convert'),
      code: code.convertAmounts,
      docstring: 'Every amount in euro.',
      inputs: [
        {name: 'batch', from: 'load_batch', output: 'batch'},
        {name: 'rates', from: 'load_rates', output: 'rates'},
      ],
      outputs: [{name: 'amounts', kind: 'dataframe', itemCount: 212_408, metadata: {shape: [212_408, 18]}}],
      attempts: buildConversionAttempts(night),
      retry: {max_retries: 1, delay: 3, backoff: 1},
      settings: {resources: {cpu_count: 4, gpu_count: null, memory: '16GB'}},
      hooks: [slackHook],
    },
    {
      name: 'measure_drift',
      module: module('drift'),
      code: code.measureDrift,
      docstring: 'Population stability of each column against the last four weeks.',
      parameters: {reference_days: 28},
      inputs: [{name: 'batch', from: 'load_batch', output: 'batch'}],
      outputs: [{name: 'drift', kind: 'dict', itemCount: 17, metadata: {value: {amount: 0.04, country: 0.11}}}],
      attempts: [
        buildSucceededAttempt(took(38, 'drift'), {
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
      module: module('score'),
      code: code.score,
      docstring: 'Probability of fraud for each transaction.',
      inputs: [
        {name: 'scorer', from: 'fetch_model', output: 'scorer'},
        {name: 'amounts', from: 'convert_amounts', output: 'amounts'},
      ],
      outputs: [{name: 'scores', kind: 'dataframe', itemCount: 212_408}],
      attempts: [buildSucceededAttempt(took(11, 'score'))],
    },
    {
      name: 'drift_report',
      module: module('drift'),
      code: code.driftReport,
      inputs: [{name: 'drift', from: 'measure_drift', output: 'drift'}],
      outputs: [{name: 'output', kind: 'html'}],
      attempts: [buildSucceededAttempt(took(5, 'report'))],
    },
    {
      name: 'flag',
      module: module('score'),
      code: code.flag,
      docstring: 'The transactions that a person must look at.',
      parameters: {threshold: 0.92},
      inputs: [{name: 'scores', from: 'score', output: 'scores'}],
      outputs: [{name: 'flagged', kind: 'dataframe', itemCount: 137}],
      attempts: [buildSucceededAttempt(took(3, 'flag'))],
    },
    {
      name: 'notify_analysts',
      module: module('notify'),
      code: code.notifyAnalysts,
      docstring: 'Open a case for each flagged transaction.',
      parameters: {channel: '#fraud-desk'},
      inputs: [{name: 'flagged', from: 'flag', output: 'flagged'}],
      attempts: [buildSucceededAttempt(took(4, 'notify'))],
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
  steps: () => buildScoringSteps(night),
  parameters: {day: 'yesterday'},
  failureHook: {module: 'fraud.hooks', attribute: 'tell_slack'},
  tags: ['nightly'],
});

export const failureScenario: Scenario = {
  name: 'failure',
  description: 'A step fails twice with a chained exception; another branch goes on, what lies below never runs',
  build: () => ({
    ...fraudProject,
    runs: [
      ...[4, 3, 2, 1].map(ago => buildNightlyRun({key: `night -${ago}`, breaks: false}, 218 - ago, ago * days)),
      buildNightlyRun({key: 'tonight', breaks: true}, 218, 350),
    ],
    shown: 'tonight',
  }),
};
