import type {LogLineScript, MetadataScript} from '../../script.js';
import {spreadMessages} from '../script-tools.js';

/** What the steps of the training pipeline print. */

const computeLoss = (epoch: number): number => 0.118 + 0.62 * Math.exp(-epoch / 4.5) + 0.006 * Math.sin(epoch * 2.1);

const workersWarning = {message: 'UserWarning: the number of workers exceeds the suggested maximum of 8', level: 30};

/** A progress bar that redraws itself with carriage returns. It reaches the server as one entry. */
const formatProgressBar = (label: string): string =>
  [10, 40, 70, 100]
    .map(done => `${label} ${String(done).padStart(3)}% |${'█'.repeat(done / 10).padEnd(10)}|`)
    .join('\r');

/** The log of epochs 1 to `shown` out of `all`. Every fifth one is evaluated on held-out cards. */
export const buildEpochLog = (seconds: number, all: number, shown: number): LogLineScript[] => {
  const perEpoch = (seconds * 1000 - 1500) / shown;
  const opening: LogLineScript[] = [
    {atMs: 300, message: 'device: NVIDIA A100-SXM4-40GB, driver 550.90.07'},
    {atMs: 500, ...workersWarning},
    {atMs: 800, message: formatProgressBar('sequences')},
    {atMs: 900, message: '4,812,033 parameters, 938 batches of 1024'},
  ];
  const epochs = Array.from({length: shown}, (_, index): LogLineScript[] => {
    const epoch = index + 1;
    const atMs = 1200 + epoch * perEpoch;
    const duration = `${(perEpoch / 1000).toFixed(1)} s`;
    const line = {
      atMs,
      message: `epoch ${String(epoch).padStart(2)}/${all}  loss ${computeLoss(epoch).toFixed(4)}  ${duration}`,
    };
    const auc = (0.9712 - 0.09 * Math.exp(-epoch / 6)).toFixed(4);
    return epoch % 5 === 0 ? [line, {atMs: atMs + 40, message: `            held out: auc ${auc}`}] : [line];
  });
  return [...opening, ...epochs.flat()];
};

export const buildEpochMetadata = (seconds: number, epochs: number): MetadataScript[] =>
  Array.from({length: epochs}, (_, index) => ({
    atMs: 1250 + ((index + 1) * (seconds * 1000 - 1500)) / epochs,
    values: {epoch: index + 1, loss: Number(computeLoss(index + 1).toFixed(4))},
  }));

export const buildBoostingLog = (seconds: number, rounds: number, learningRate: number): LogLineScript[] =>
  spreadMessages(
    seconds,
    Array.from({length: rounds / 25 + 1}, (_, index) => {
      const auc = 0.962 - 0.11 * Math.exp((-index * learningRate * 10) / 5);
      return `[${Math.min(index * 25, rounds - 1)}]\ttrain-auc:${auc.toFixed(5)}`;
    }),
  );

export const buildBaselineLog = (seconds: number): LogLineScript[] => [
  ...spreadMessages(seconds, [
    'scaling 48 columns',
    'fitting on 1,012,877 rows',
    'lbfgs: 100 iterations',
    'lbfgs: 200 iterations',
  ]),
  {
    atMs: seconds * 1000 - 400,
    message: 'ConvergenceWarning: lbfgs reached 500 iterations, gradient 3.1e-05',
    level: 30,
  },
];

export const buildFeatureLog = (seconds: number, windowDays: number, columns: number): LogLineScript[] =>
  spreadMessages(seconds, [
    'sorting 1,283,806 transactions by card',
    'window of 1 day: 18 columns',
    'window of 7 days: 18 columns',
    `window of ${windowDays} days: 18 columns`,
    'dropping cards with fewer than 3 events: 76,412 rows',
    `${columns} features over windows of [1, 7, ${windowDays}] days`,
  ]);

export const buildEncoderLog = (seconds: number): LogLineScript[] =>
  spreadMessages(seconds, [
    'graph: 41,873 merchants, 2,210,944 edges',
    'sampling walks: 25%',
    'sampling walks: 50%',
    'sampling walks: 75%',
    'sampling walks: 100%',
    'word2vec epoch 1, 812,114 words/s',
    'word2vec epoch 3, 820,502 words/s',
    'word2vec epoch 5, 818,377 words/s',
  ]);

export const buildDeployLog = (seconds: number): LogLineScript[] =>
  spreadMessages(seconds, [
    'rolling out fraud-scorer to 5% of the traffic',
    'waiting for replica 1 of 2',
    'waiting for replica 2 of 2',
    'healthy: p50 11 ms, p99 38 ms',
    'https://fraud-scorer.example.com/v1/score',
  ]);
