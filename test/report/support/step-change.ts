import type {StepChange} from '../../../src/report/change.js';
import {at} from '../../support/builders.js';

/** The step `trainer`, which has just started. */
export const aStepChange = (changes: Partial<StepChange> = {}): StepChange => ({
  type: 'step',
  at: at(600),
  name: 'trainer',
  from: 'waiting',
  to: 'running',
  status: 'running',
  attempt: 1,
  maxAttempts: undefined,
  tookMs: 400,
  exception: undefined,
  ...changes,
});
