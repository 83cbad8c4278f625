import type {Instant} from '../instant.js';
import type {CriticalPath} from './critical-path.js';
import {getWorkMs, type RunTimes, type StepSpan} from './step-span.js';

/** The most that making a step instant could save. */
export type Saving = {
  readonly ms: number;
  /** The step that then determines how long the run takes, if it is not on the critical path now. */
  readonly nextStep: string | undefined;
};

/**
 * How much shorter the run would be if this step took no time and everything else took as long, and waited as long, as it
 * did. If steps on the path took turns, the saving is the step's own time.
 */
export const computeSaving = (
  allSpans: readonly StepSpan[],
  run: RunTimes,
  path: CriticalPath,
  stepName: string,
): Saving => {
  // Nobody answers sooner because a step is faster.
  const spans = allSpans.filter(({kind}) => kind !== 'question');
  const step = spans.find(({name}) => name === stepName);
  if (step === undefined || !path.steps.includes(stepName)) {
    return {ms: 0, nextStep: undefined};
  }

  if (path.slotSteps.size > 0) {
    return {ms: getWorkMs(step), nextStep: undefined};
  }

  const ends = recomputeEnds(spans, run, stepName);
  const lastAt = Math.max(...spans.map(({endedAt}) => endedAt));
  const newLastAt = Math.max(...ends.values());
  const ms = Math.max(0, Math.min(step.endedAt - step.startedAt, lastAt - newLastAt));
  return {ms, nextStep: findNextStep(spans, ends, path)};
};

/** The end of each step if `instantStep` took no time. Spans are in topological order, as the steps of a run are. */
const recomputeEnds = (
  spans: readonly StepSpan[],
  {startedAt: runStartedAt}: RunTimes,
  instantStep: string,
): ReadonlyMap<string, Instant> => {
  const spanByName = new Map(spans.map(span => [span.name, span]));
  const endsByName = new Map<string, Instant>();
  for (const {name, upstream, startedAt, endedAt} of spans) {
    const known = upstream.filter(other => endsByName.has(other));
    const readyAt = Math.max(runStartedAt, ...known.map(other => spanByName.get(other)?.endedAt ?? runStartedAt));
    const newReadyAt = Math.max(runStartedAt, ...known.map(other => endsByName.get(other) ?? runStartedAt));
    const durationMs = name === instantStep ? 0 : endedAt - startedAt;
    endsByName.set(name, newReadyAt + (startedAt - readyAt) + durationMs);
  }

  return endsByName;
};

/** Walks back from the step that would end last; the latest one that is not on the current path is the next bottleneck. */
const findNextStep = (
  spans: readonly StepSpan[],
  endsByName: ReadonlyMap<string, Instant>,
  {steps}: CriticalPath,
): string | undefined => {
  const spanByName = new Map(spans.map(span => [span.name, span]));
  const visited = new Set<string>();
  let name = pickLatest([...endsByName.keys()], endsByName);
  while (name !== undefined && !visited.has(name)) {
    if (!steps.includes(name)) {
      return name;
    }

    visited.add(name);
    name = pickLatest(spanByName.get(name)?.upstream ?? [], endsByName);
  }

  return undefined;
};

const pickLatest = (names: readonly string[], endsByName: ReadonlyMap<string, Instant>): string | undefined =>
  names.reduce<string | undefined>(
    (latest, name) =>
      endsByName.has(name) && (latest === undefined || (endsByName.get(name) ?? 0) > (endsByName.get(latest) ?? 0))
        ? name
        : latest,
    undefined,
  );
