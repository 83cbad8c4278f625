import {vary} from '../script-tools.js';

/** What differs between one run of the training pipeline and the next. */
export type TrainingVariant = {
  readonly key: string;
  /** Number of the data snapshot. */
  readonly snapshot: number;
  readonly windowDays: number;
  readonly learningRate: number;
  readonly encoder: 'before' | 'now';
  /** How the attempts of the transformer go. */
  readonly transformer: 'straight' | 'retried' | 'exhausted';
  readonly served?: {readonly run: string; readonly steps: readonly string[]};
};

/** How long a step took in this run: a few percent more or less than usual, in seconds. */
export const createSecondsPicker =
  ({key}: TrainingVariant) =>
  (seconds: number, name: string): number =>
    vary(seconds, 0.06, key, name);

export const getTrainingModule = (name: string): string => `fraud.steps.${name}`;

export const getTransactionCount = ({snapshot}: TrainingVariant): number => 1_270_000 + snapshot * 117;

/** Longer windows give more columns. */
export const getFeatureColumnCount = ({windowDays}: TrainingVariant): number => (windowDays > 30 ? 54 : 48);
