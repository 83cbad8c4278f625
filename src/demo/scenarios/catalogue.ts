import type {Scenario} from '../script.js';
import {approvalScenario} from './approval.js';
import {failureScenario} from './failure.js';
import {galleryScenario} from './gallery.js';
import {largeScenario} from './large.js';
import {manyRunsScenario} from './many-runs.js';
import {mappedScenario} from './mapped.js';
import {trainingScenario} from './training/training.js';

/** Every scenario by its name, in the order in which they are listed. */
export const scenarios: readonly Scenario[] = [
  trainingScenario,
  failureScenario,
  mappedScenario,
  approvalScenario,
  galleryScenario,
  largeScenario,
  manyRunsScenario,
];

/**
 * A scenario by its name, with a size after a colon where it takes one: `large:5000`. Throws an `Error` that says what there
 * is when the name or the size is none.
 */
export const resolveScenario = (
  wanted: string | Scenario,
): {readonly scenario: Scenario; readonly size: number | undefined} => {
  if (typeof wanted !== 'string') {
    return {scenario: wanted, size: undefined};
  }
  const [name, size] = wanted.split(':');
  const scenario = scenarios.find(each => each.name === name);
  const names = scenarios.map(each => each.name).join(', ');
  if (!scenario) {
    throw new Error(`No such scenario: ${wanted}. There are ${names}.`);
  }
  if (size === undefined) {
    return {scenario, size};
  }
  if (!/^[1-9]\d{0,5}$/.test(size)) {
    throw new Error(`The size of ${name} must be a number from 1 to 999999, not ${size}.`);
  }
  return {scenario, size: Number(size)};
};
