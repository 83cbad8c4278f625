import type {Attempt} from './attempt.js';
import type {Dag, DagStep} from './dag.js';
import type {Instant} from './instant.js';
import {adaptDagGroup, findMapGroup} from './map-items.js';
import {dagEndUpdatedAt, mergeAttempt, normalizeAttempts} from './merge-attempt.js';
import {isFinished} from './status.js';
import type {Step} from './step.js';
import {findStep, findStepIndex, iterateSteps, type StepTable} from './step-table.js';
import {createStepTable, withSteps} from './update-step-table.js';

/**
 * Merges rows of a list of step runs into the table. Rows are identified by their IDs, and an older row never replaces a newer one;
 * `areTimesUncertain` as in `mergeAttempt`. Of several rows with the same attempt number, the newest counts. New steps are added at
 * the end in the order of their start.
 */
export const withAttempts = (table: StepTable, attempts: readonly Attempt[], areTimesUncertain = false): StepTable => {
  const changedByName = new Map<string, Step>();
  for (const attempt of attempts) {
    const known = changedByName.get(attempt.name) ?? findStep(table, attempt.name) ?? createStep(attempt.name);
    changedByName.set(attempt.name, withAttempt(known, attempt, areTimesUncertain));
  }

  return withSteps(table, [...changedByName.values()].sort(compareStepStarts));
};

const getStepStart = (step: Step): Instant => step.attempts[0]?.startedAt ?? Number.POSITIVE_INFINITY;

const compareStepStarts = (a: Step, b: Step): number => {
  const [first, second] = [getStepStart(a), getStepStart(b)];
  return first === second ? 0 : first - second;
};

const createStep = (name: string): Step => ({name, attempts: [], group: findMapGroup(name), upstream: []});

const withAttempt = (step: Step, row: Attempt, areTimesUncertain: boolean): Step => {
  const known = step.attempts.find(attempt => attempt.id === row.id);
  const merged = known === undefined ? row : mergeAttempt(known, row, areTimesUncertain);
  return merged === known ? step : withStepAttempts(step, [...step.attempts.filter(other => other !== known), merged]);
};

/** Returns the step itself if its attempts are unchanged. */
const withStepAttempts = (step: Step, unordered: readonly Attempt[]): Step => {
  const attempts = normalizeAttempts(unordered);
  const isSame =
    attempts.length === step.attempts.length && attempts.every((one, index) => one === step.attempts[index]);
  return isSame ? step : {...step, attempts};
};

/** Puts the table into the order of `/dag` and adds planned steps, groups and upstream steps. */
export const withDag = (table: StepTable, dag: Dag): StepTable => {
  const steps = dag.steps.map(node => withNode(findStep(table, node.name), node));
  if (steps.every((step, index) => findStepIndex(table, step.name) === index)) {
    return withSteps(table, steps);
  }

  const inDag = new Set(steps.map(step => step.name));
  return createStepTable([...steps, ...[...iterateSteps(table)].filter(step => !inDag.has(step.name))]);
};

const withNode = (known: Step | undefined, node: DagStep): Step => {
  const {name, upstream} = node;
  const group = adaptDagGroup(name, node.group);
  const step = withNodeAttempt(known ?? {name, attempts: [], group, upstream}, node);
  const isSameUpstream =
    step.upstream.length === upstream.length && step.upstream.every((other, index) => other === upstream[index]);
  return isSameUpstream && step.group?.id === group?.id ? step : {...step, group, upstream};
};

const withNodeAttempt = (step: Step, node: DagStep): Step => {
  const {id, status} = node;
  if (id === undefined || status === undefined) {
    return step;
  }

  const known = step.attempts.find(attempt => attempt.id === id);
  if (known === undefined) {
    return withStepAttempts(step, [...step.attempts, createDagAttempt(node, id, status)]);
  }

  if (!isFinished(status.status) || isFinished(known.status)) {
    return step;
  }

  const updatedAt = known.updatedAt === undefined ? undefined : dagEndUpdatedAt;
  const ended = {...known, ...status, endedAt: getNodeEnd(node, known.startedAt), updatedAt};
  return {...step, attempts: step.attempts.map(attempt => (attempt === known ? ended : attempt))};
};

const createDagAttempt = (
  node: DagStep,
  id: Attempt['id'],
  {status, statusWord}: NonNullable<DagStep['status']>,
): Attempt => ({
  id,
  name: node.name,
  number: 1,
  isNumbered: false,
  status,
  statusWord,
  startedAt: node.startedAt,
  endedAt: isFinished(status) ? getNodeEnd(node, undefined) : undefined,
  updatedAt: undefined,
  heartbeatAt: undefined,
  heartbeatThresholdMs: undefined,
  inputs: undefined,
  outputs: undefined,
  logSources: [],
  resourceRequestId: undefined,
});

/** `/dag` has a duration instead of an end, and no start before 0.85. */
const getNodeEnd = ({startedAt, durationMs}: DagStep, knownStartedAt: Instant | undefined): Instant | undefined => {
  const from = startedAt ?? knownStartedAt;
  return from === undefined || durationMs === undefined ? undefined : from + durationMs;
};
