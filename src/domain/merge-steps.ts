import type {Attempt} from './attempt.js';
import type {Dag, DagStep} from './dag.js';
import type {Instant} from './instant.js';
import {endedByDag, mergeAttempt, normalizeAttempts} from './merge-attempt.js';
import {isFinished} from './status.js';
import type {Step} from './step.js';
import type {Group} from './step-config.js';
import {findStep, findStepAt, findStepIndex, iterateSteps, type StepTable} from './step-table.js';
import {createStepTable, withSteps} from './update-step-table.js';

/**
 * The table with these rows of a steps list brought in. Rows are held by name and attempt number; news never takes a row
 * back to what it was before. Steps not known yet follow at the end, in the order in which they started.
 */
export const withAttempts = (table: StepTable, attempts: readonly Attempt[]): StepTable => {
  const changedByName = new Map<string, Step>();
  for (const attempt of attempts) {
    const before = changedByName.get(attempt.name) ?? findStep(table, attempt.name) ?? createStep(table, attempt.name);
    changedByName.set(attempt.name, withAttempt(before, attempt));
  }

  return withSteps(table, [...changedByName.values()].sort(compareStepStarts));
};

const getStepStart = (step: Step): Instant => step.attempts[0]?.startedAt ?? Number.POSITIVE_INFINITY;

const compareStepStarts = (a: Step, b: Step): number => {
  const [first, second] = [getStepStart(a), getStepStart(b)];
  return first === second ? 0 : first - second;
};

const createStep = (table: StepTable, name: string): Step => ({
  name,
  attempts: [],
  group: findSiblingGroup(table, name),
  upstream: [],
});

const mapItemPrefix = /^map:.*:(?=\d+$)/;

/** Whether a step with this name is one of the items of a `map`, on servers from 0.94.3 on. */
export const isMapItem = (name: string): boolean => mapItemPrefix.test(name);

/** Rows do not name their group, but the next item of a map belongs to that of the items before it. */
const findSiblingGroup = (table: StepTable, name: string): Group | undefined => {
  const prefix = mapItemPrefix.exec(name)?.[0];
  if (prefix === undefined) {
    return undefined;
  }

  for (const {type, indexes} of table.structure.groupsById.values()) {
    const sibling = findStepAt(table, indexes[0] ?? 0);
    if (type === 'map' && sibling !== undefined && mapItemPrefix.exec(sibling.name)?.[0] === prefix) {
      return sibling.group;
    }
  }

  return undefined;
};

const withAttempt = (step: Step, news: Attempt): Step => {
  const held = step.attempts.find(attempt => attempt.id === news.id);
  const merged = held === undefined ? news : mergeAttempt(held, news);
  return merged === held ? step : withStepAttempts(step, [...step.attempts.filter(other => other !== held), merged]);
};

/** The step itself where the attempts come to what it has. */
const withStepAttempts = (step: Step, unordered: readonly Attempt[]): Step => {
  const attempts = normalizeAttempts(unordered);
  const isSame = attempts.length === step.attempts.length && attempts.every((one, at) => one === step.attempts[at]);
  return isSame ? step : {...step, attempts};
};

/** The table in the order of `/dag`, with the steps that are only planned, groups and upstream. */
export const withDag = (table: StepTable, dag: Dag): StepTable => {
  const steps = dag.steps.map(node => withNode(findStep(table, node.name), node));
  if (steps.every((step, at) => findStepIndex(table, step.name) === at)) {
    return withSteps(table, steps);
  }

  const inDag = new Set(steps.map(step => step.name));
  return createStepTable([...steps, ...[...iterateSteps(table)].filter(step => !inDag.has(step.name))]);
};

const withNode = (before: Step | undefined, node: DagStep): Step => {
  const {name, group, upstream} = node;
  const step = withNodeAttempt(before ?? {name, attempts: [], group, upstream}, node);
  const isSameUpstream =
    step.upstream.length === upstream.length && step.upstream.every((other, at) => other === upstream[at]);
  return isSameUpstream && step.group?.id === group?.id ? step : {...step, group, upstream};
};

const withNodeAttempt = (step: Step, node: DagStep): Step => {
  const {id, status} = node;
  if (id === undefined || status === undefined) {
    return step;
  }

  const held = step.attempts.find(attempt => attempt.id === id);
  if (held === undefined) {
    return withStepAttempts(step, [...step.attempts, createDagAttempt(node, id, status)]);
  }

  if (!isFinished(status.status) || isFinished(held.status)) {
    return step;
  }

  const updatedAt = held.updatedAt === undefined ? undefined : endedByDag;
  const ended = {...held, ...status, endedAt: getNodeEnd(node, held.startedAt), updatedAt};
  return {...step, attempts: step.attempts.map(attempt => (attempt === held ? ended : attempt))};
};

const createDagAttempt = (
  node: DagStep,
  id: Attempt['id'],
  {status, statusWord}: NonNullable<DagStep['status']>,
): Attempt => ({
  id,
  name: node.name,
  number: 1,
  status,
  statusWord,
  startedAt: node.startedAt,
  endedAt: isFinished(status) ? getNodeEnd(node, undefined) : undefined,
  updatedAt: undefined,
  isRetriable: false,
  heartbeatAt: undefined,
  heartbeatThresholdMs: undefined,
  inputs: undefined,
  outputs: undefined,
  logSources: [],
});

/** `/dag` has a duration where the list has an end, and before 0.85 no start either. */
const getNodeEnd = ({startedAt, durationMs}: DagStep, knownStartedAt: Instant | undefined): Instant | undefined => {
  const from = startedAt ?? knownStartedAt;
  return from === undefined || durationMs === undefined ? undefined : from + durationMs;
};
