import {vary} from '../script-tools.js';

/** A run of the training pipeline: what differs from run to run. */
export type TrainingRun = {
  readonly key: string;
  readonly index: number;
  readonly agoMs: number;
  readonly user: string;
  readonly dataVersion: number;
  readonly windowDays: number;
  readonly learningRate: number;
  readonly encoder: 'old' | 'new';
  /** How the attempts of the transformer end: the first succeeds, the second succeeds, or all fail. */
  readonly transformerAttempts: 'first-succeeds' | 'second-succeeds' | 'all-fail';
  /** The steps that are taken from the cache of another run, given by its key. */
  readonly reused?: {readonly from: string; readonly steps: readonly string[]};
};

/** Picks how long a step takes in this run, in seconds: a few percent more or less than usual. */
export const createSecondsPicker =
  ({key}: TrainingRun) =>
  (seconds: number, name: string): number =>
    vary(seconds, 0.06, key, name);

export const getTrainingModule = (name: string): string => `fraud.steps.${name}`;

export const getTransactionCount = ({dataVersion}: TrainingRun): number => 1_270_000 + dataVersion * 117;

export const getFeatureColumnCount = ({windowDays}: TrainingRun): number => (windowDays > 30 ? 54 : 48);
