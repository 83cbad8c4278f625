import {type GroupDigest, getGroupDigest} from '../group-digest.js';
import type {Instant} from '../instant.js';
import {findMapGroup} from '../map-items.js';
import {getMedian} from '../median.js';
import {memoize} from '../memoize.js';
import type {PastRun} from '../past-run.js';
import {findStepAt, type GroupMembers, type StepTable} from '../step-table.js';
import type {Forecast} from './forecast.js';
import {getClockBehindMs} from './step-span.js';

/** How long an item of a map usually takes, in milliseconds, and which runs that is based on. */
type ItemTime = {readonly ms: number; readonly from: 'this-run' | 'past-runs'};

/** What is expected of the items of a `map` that have not ended. */
export type MapForecast = {
  readonly item: ItemTime;
  /** From now until the last item is expected to end; `undefined` if no item is running. */
  readonly whole: Forecast | undefined;
  /** The rest of the running items, by step name. */
  readonly itemForecastsByName: ReadonlyMap<string, Forecast>;
};

/** With at least this many finished items, this run is a better guide than previous runs. */
const minOwnItems = 3;

/**
 * What is expected of the maps of a run, by group ID. Items with the same number may process different data in another run, so
 * each is expected to take as long as items of its map usually do. Once an item has failed, no further items are expected to start.
 */
export const buildMapForecasts = (
  table: StepTable,
  past: readonly PastRun[],
  now: Instant,
): ReadonlyMap<string, MapForecast> => {
  const forecastsById = new Map<string, MapForecast>();
  for (const group of table.structure.groupsById.values()) {
    const forecast = group.type === 'map' ? forecastMap(group, table, past, now) : undefined;
    if (forecast !== undefined) {
      forecastsById.set(group.id, forecast);
    }
  }

  return forecastsById;
};

const forecastMap = (
  {id, indexes}: GroupMembers,
  table: StepTable,
  past: readonly PastRun[],
  now: Instant,
): MapForecast | undefined => {
  const digest = getGroupDigest(table, id);
  const item = findItemTime(digest, id, past);
  if (item === undefined) {
    return undefined;
  }

  const forecastsByName = new Map<string, Forecast>();
  let endAt = now;
  let restMs = 0;
  for (const index of digest.active) {
    const step = findStepAt(table, index);
    const first = step?.attempts[0];
    if (step !== undefined && first?.startedAt !== undefined) {
      const ownEndAt = Math.max(now, first.startedAt + getClockBehindMs(first) + item.ms);
      forecastsByName.set(step.name, {startAt: now, endAt: ownEndAt});
      endAt = Math.max(endAt, ownEndAt);
      restMs += ownEndAt - now;
    }
  }

  // Items still to come take the places of running ones, each of which becomes free when its item ends.
  const comingCount = digest.failed.length > 0 ? 0 : Math.max(0, (digest.expectedCount ?? 0) - indexes.length);
  const isAnyRunning = forecastsByName.size > 0;
  const lastEndAt =
    comingCount > 0 && isAnyRunning ? now + (restMs + comingCount * item.ms) / forecastsByName.size : endAt;
  return {
    item,
    whole: isAnyRunning ? {startAt: now, endAt: Math.max(endAt, lastEndAt)} : undefined,
    itemForecastsByName: new Map([...forecastsByName].filter(([, forecast]) => forecast.endAt > now)),
  };
};

const findItemTime = (digest: GroupDigest, id: string, past: readonly PastRun[]): ItemTime | undefined => {
  const own = getOwnMedian(digest);
  const pastMedianMs = getPastMedians(past).get(id);
  if (own !== undefined && (digest.durations.length >= minOwnItems || pastMedianMs === undefined)) {
    return {ms: own, from: 'this-run'};
  }

  return pastMedianMs === undefined ? undefined : {ms: pastMedianMs, from: 'past-runs'};
};

const getOwnMedian = memoize(({durations}: GroupDigest): number | undefined => getMedian(durations));

const getPastMedians = memoize((past: readonly PastRun[]): ReadonlyMap<string, number> => {
  const timesById = new Map<string, number[]>();
  for (const {stepsByName} of past) {
    for (const [name, {startedAt, endedAt, isReused}] of stepsByName) {
      const id = findMapGroup(name)?.id;
      if (id !== undefined && !isReused) {
        timesById.set(id, [...(timesById.get(id) ?? []), endedAt - startedAt]);
      }
    }
  }

  return new Map([...timesById].map(([id, times]) => [id, getMedian(times) ?? 0]));
});
