import {vary} from '../script-tools.js';

/** What differs between the runs of the training pipeline. */
export type TrainingVariant = {
  readonly key: string;
  /** Number of the data snapshot. */
  readonly snapshot: number;
  readonly windowDays: number;
  readonly learningRate: number;
  readonly encoder: 'old' | 'new';
  /** How the attempts of the transformer end: the first succeeds, the second succeeds, or all fail. */
  readonly transformer: 'straight' | 'retried' | 'exhausted';
  /** The steps that are taken from the cache of another run, given by its key. */
  readonly served?: {readonly run: string; readonly steps: readonly string[]};
};

/** Picks how long a step takes in this run, in seconds: a few percent more or less than usual. */
export const createSecondsPicker =
  ({key}: TrainingVariant) =>
  (seconds: number, name: string): number =>
    vary(seconds, 0.06, key, name);

export const getTrainingModule = (name: string): string => `fraud.steps.${name}`;

export const getTransactionCount = ({snapshot}: TrainingVariant): number => 1_270_000 + snapshot * 117;

export const getFeatureColumnCount = ({windowDays}: TrainingVariant): number => (windowDays > 30 ? 54 : 48);
