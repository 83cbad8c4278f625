import type {Dag, DagStep} from '../../domain/dag.js';
import {decodeGroup, decodeStepSpec} from './step-config.js';
import {decodeRecord, isRecord} from './wire.js';

/**
 * By level, as `/dag` orders them: first the steps that wait for nothing, then those that wait only for these, and
 * so on; within a level as defined. Steps in a cycle come last.
 */
const sortTopologically = (steps: readonly DagStep[]): readonly DagStep[] => {
  const names = new Set(steps.map(step => step.name));
  const upstreamByName = new Map(steps.map(step => [step.name, step.upstream.filter(name => names.has(name))]));
  const done = new Set<string>();
  const sortedSteps: DagStep[] = [];
  let unsortedSteps = steps;
  while (unsortedSteps.length > 0) {
    const level = unsortedSteps.filter(step => upstreamByName.get(step.name)?.every(name => done.has(name)));
    if (level.length === 0) {
      return [...sortedSteps, ...unsortedSteps];
    }

    for (const step of level) {
      done.add(step.name);
    }

    sortedSteps.push(...level);
    unsortedSteps = unsortedSteps.filter(step => !done.has(step.name));
  }

  return sortedSteps;
};

/**
 * The steps that a snapshot (deployment) defines, as a graph in which nothing has started; `undefined` if it contains no
 * configurations of steps.
 */
export const decodePlannedDag = (whole: unknown): Dag | undefined => {
  const configurations = decodeRecord(decodeRecord(whole)['metadata'])['step_configurations'];
  if (!isRecord(configurations)) {
    return undefined;
  }

  const steps = Object.entries(configurations).map(
    ([name, value]): DagStep => ({
      name,
      id: undefined,
      status: undefined,
      startedAt: undefined,
      durationMs: undefined,
      group: decodeGroup(decodeRecord(decodeRecord(value)['config'])['group']),
      upstream: decodeStepSpec(decodeRecord(value)['spec']).upstream.filter(upstream => upstream !== name),
    }),
  );
  return {steps: sortTopologically(steps), childRuns: [], waitConditions: []};
};
