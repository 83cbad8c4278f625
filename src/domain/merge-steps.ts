import type {Attempt} from './attempt.js';
import type {Dag, DagStep} from './dag.js';
import type {Instant} from './instant.js';
import {isFinished} from './status.js';
import type {Step} from './step.js';
import {emptyTable, indexOfStep, type StepTable, stepNamed, stepsOf, tableOf, withSteps} from './step-table.js';

/**
 * The table with these rows of a steps list brought in. Rows are held by name and attempt number; news never takes a row
 * back to what it was before.
 */
export const withAttempts = (table: StepTable, attempts: readonly Attempt[]): StepTable => {
  const changedByName = new Map<string, Step>();
  for (const attempt of attempts) {
    const before = changedByName.get(attempt.name) ?? stepNamed(table, attempt.name);
    changedByName.set(attempt.name, withAttempt(before, attempt));
  }

  return withSteps(table, [...changedByName.values()]);
};

const withAttempt = (step: Step | undefined, news: Attempt): Step => {
  const known = step?.attempts ?? [];
  const held = known.find(attempt => attempt.id === news.id);
  if (held !== undefined && !isNewer(held, news)) {
    return step as Step;
  }

  const others = known.filter(attempt => attempt.id !== news.id);
  const attempts = retire(numbered([...others, news]));
  return {
    name: news.name,
    attempts,
    group: step?.group,
    upstream: step?.upstream ?? [],
  };
};

/**
 * In the order of their numbers, each number once. What only `/dag` told has no number of its own, but is the newest
 * attempt there is.
 */
const numbered = (attempts: readonly Attempt[]): readonly Attempt[] => {
  const isNumbered = (attempt: Attempt) => attempt.updatedAt !== undefined;
  const byNumber = new Map(attempts.filter(isNumbered).map(attempt => [attempt.number, attempt]));
  const highest = Math.max(0, ...byNumber.keys());
  const unnumbered = attempts.filter(attempt => !isNumbered(attempt)).slice(-1);
  return [
    ...[...byNumber.values()].sort((a, b) => a.number - b.number),
    ...unnumbered.map(attempt => (attempt.number > highest ? attempt : {...attempt, number: highest + 1})),
  ];
};

const isNewer = (held: Attempt, news: Attempt): boolean => {
  if (held.updatedAt === undefined || news.updatedAt === undefined) {
    return news.updatedAt !== undefined;
  }

  if (news.updatedAt !== held.updatedAt) {
    return news.updatedAt > held.updatedAt;
  }

  // Heartbeats, attached logs and `retried` do not move `updated`.
  const isTakenBack = held.status === 'retried' || (isFinished(held.status) && !isFinished(news.status));
  return (
    !isTakenBack &&
    (news.status !== held.status ||
      news.heartbeatAt !== held.heartbeatAt ||
      news.logSources.length !== held.logSources.length ||
      (held.inputs === undefined && news.inputs !== undefined))
  );
};

/** The server turns every earlier row of a name into `retried` when it makes the next one, and does not tell. */
const retire = (attempts: readonly Attempt[]): readonly Attempt[] =>
  attempts.map((attempt, at) =>
    at < attempts.length - 1 && attempt.status !== 'retried'
      ? {...attempt, status: 'retried', statusWord: 'retried'}
      : attempt,
  );

/** The table in the order of `/dag`, with the steps that are only planned, groups and upstream. */
export const withDag = (table: StepTable, dag: Dag): StepTable => {
  const steps = dag.steps.map(node => withNode(stepNamed(table, node.name), node));
  if (isSameOrder(table, steps)) {
    return withSteps(table, steps);
  }

  const inDag = new Set(steps.map(step => step.name));
  const others = [...stepsOf(table)].filter(step => !inDag.has(step.name));
  return tableOf([...steps, ...others]);
};

const isSameOrder = (table: StepTable, steps: readonly Step[]): boolean =>
  table !== emptyTable && steps.every((step, at) => indexOfStep(table, step.name) === at);

const withNode = (step: Step | undefined, node: DagStep): Step => {
  const attempts = withNodeAttempt(step?.attempts ?? [], node);
  const isSame =
    step !== undefined &&
    attempts === step.attempts &&
    step.group?.id === node.group?.id &&
    step.upstream.length === node.upstream.length &&
    step.upstream.every((name, at) => name === node.upstream[at]);
  return isSame ? step : {name: node.name, attempts, group: node.group, upstream: node.upstream};
};

const withNodeAttempt = (attempts: readonly Attempt[], node: DagStep): readonly Attempt[] => {
  if (node.id === undefined || node.status === undefined) {
    return attempts;
  }

  const held = attempts.find(attempt => attempt.id === node.id);
  if (held === undefined) {
    return retire(numbered([...attempts, attemptOf(node, node.id, (attempts.at(-1)?.number ?? 0) + 1)]));
  }

  const isAhead = isFinished(node.status.status) && !isFinished(held.status);
  return isAhead
    ? attempts.map(attempt => (attempt === held ? {...held, ...node.status, endedAt: endOf(node)} : attempt))
    : attempts;
};

const attemptOf = (node: DagStep, id: Attempt['id'], number: number): Attempt => ({
  id,
  name: node.name,
  number,
  status: node.status?.status ?? 'unknown',
  statusWord: node.status?.statusWord ?? 'unknown',
  startedAt: node.startedAt,
  endedAt: endOf(node),
  updatedAt: undefined,
  isRetriable: false,
  heartbeatAt: undefined,
  heartbeatThresholdMs: undefined,
  inputs: undefined,
  outputs: undefined,
  logSources: [],
});

/** `/dag` has a duration where the list has an end; a running step may have neither. */
const endOf = (node: DagStep): Instant | undefined =>
  node.status !== undefined &&
  isFinished(node.status.status) &&
  node.startedAt !== undefined &&
  node.durationMs !== undefined
    ? node.startedAt + node.durationMs
    : undefined;
