import type {Scenario} from '../script.js';
import {approvalScenario} from './approval.js';
import {failureScenario} from './failure.js';
import {galleryScenario} from './gallery.js';
import {largeScenario} from './large.js';
import {manyRunsScenario} from './many-runs.js';
import {mappedScenario} from './mapped.js';
import {trainingScenario} from './training/training.js';

/** All scenarios, in the order in which help lists them. */
export const scenarios: readonly Scenario[] = [
  trainingScenario,
  failureScenario,
  mappedScenario,
  approvalScenario,
  galleryScenario,
  largeScenario,
  manyRunsScenario,
];

/** A scenario and its size, if the user chose one. Scenarios of a fixed size ignore it. */
export type ScenarioChoice = {readonly scenario: Scenario; readonly size: number | undefined};

/**
 * Finds a scenario by name, with an optional size after a colon: `large:5000`. Throws an `Error` with a message for the user
 * if there is no such scenario or the size is invalid.
 */
export const resolveScenario = (nameAndSize: string): ScenarioChoice => {
  const [name, ...sizeParts] = nameAndSize.split(':');
  const size = sizeParts.length === 0 ? undefined : sizeParts.join(':');
  const scenario = scenarios.find(each => each.name === name);
  if (!scenario) {
    const names = scenarios.map(each => each.name).join(', ');
    throw new Error(`Unknown scenario “${nameAndSize}”. Available: ${names}.`);
  }

  if (size === undefined) {
    return {scenario, size};
  }

  if (!/^[1-9]\d{0,5}$/.test(size)) {
    throw new Error(`Invalid size “${size}” for scenario ${name}: expected a number between 1 and 999999.`);
  }

  return {scenario, size: Number(size)};
};
