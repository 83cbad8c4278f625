import type {Client} from '../api/client.js';
import type {ProjectId} from '../domain/ids.js';
import type {Instant} from '../domain/instant.js';
import {getNeeds} from '../store/needs.js';
import type {Need, Query} from '../store/query.js';
import type {Store} from '../store/store.js';
import type {Clock} from './clock.js';
import {fetchNews} from './fetch-news.js';

/** No more requests than this are open at once, apart from the stream of progress events. */
const maxConcurrent = 2;

/** The longest sleep, in milliseconds: short enough not to be mistaken for the machine being asleep. */
const maxSleepMs = 20_000;

/** After a sleep this long, open connections are dead, even if no error has arrived. */
const suspendGapMs = 30_000;

type PollerOptions = {
  readonly store: Store;
  readonly client: Client;
  readonly clock: Clock;
  /** At least 0 and less than 1. */
  readonly random: () => number;
};

type OpenRequest = {readonly query: Query; readonly abort: AbortController};

/** Whether the response to `sent` is still what is wanted under the same key: lists of two projects have the same keys. */
const isOfSameProject = (sent: Query, wanted: Query | undefined): boolean =>
  wanted !== undefined && findProjectId(sent) === findProjectId(wanted);

const findProjectId = (query: Query): ProjectId | undefined => ('projectId' in query ? query.projectId : undefined);

/**
 * Keeps fresh what the store needs: fetches what is due, the most urgent first, sleeps until the next need is due,
 * and aborts what is no longer needed. Returns a function that stops it, after which nothing is fetched or
 * dispatched.
 */
export const startPoller = ({store, client, clock, random}: PollerOptions): (() => void) => {
  const openRequestsByKey = new Map<string, OpenRequest>();
  const neededSinceByKey = new Map<string, Instant>();
  let checkedAt = clock.now();
  let cancelSleep: (() => void) | undefined;
  let isStopped = false;

  const request = async ({key, query}: Need): Promise<void> => {
    const abort = new AbortController();
    openRequestsByKey.set(key, {query, abort});
    const requestedAt = clock.now();
    const response = await fetchNews(client, query, abort.signal);
    if (openRequestsByKey.get(key)?.abort !== abort) {
      return;
    }

    openRequestsByKey.delete(key);
    // The store calls `sendDueRequests` again, because every response changes it.
    store.dispatch(
      response.ok
        ? {type: 'news/arrived', key, news: response.value, ...response.timing}
        : {type: 'news/failed', key, requestedAt, failure: response.failure, at: clock.now(), jitter: random()},
    );
  };

  const abortUnless = (isWanted: (key: string, query: Query) => boolean): void => {
    for (const [key, {query, abort}] of openRequestsByKey) {
      if (!isWanted(key, query)) {
        openRequestsByKey.delete(key);
        abort.abort();
      }
    }
  };

  /** Records for each key since when it has been needed without interruption. */
  const updateNeededSince = (keys: ReadonlySet<string>, now: Instant): void => {
    for (const key of neededSinceByKey.keys()) {
      if (!keys.has(key)) {
        neededSinceByKey.delete(key);
      }
    }

    for (const key of keys) {
      // Setting the clock back must not make a need rest for longer.
      neededSinceByKey.set(key, Math.min(neededSinceByKey.get(key) ?? now, now));
    }
  };

  const sendDueRequests = (): void => {
    const now = clock.now();
    const needs = getNeeds(store.get());
    const queriesByKey = new Map(needs.map(({key, query}) => [key, query]));
    const hasSlept = now - checkedAt > suspendGapMs;
    checkedAt = now;
    abortUnless((key, query) => !hasSlept && isOfSameProject(query, queriesByKey.get(key)));
    updateNeededSince(new Set(queriesByKey.keys()), now);

    let wakeAt = now + maxSleepMs;
    for (const need of needs) {
      const dueAt = Math.max(need.dueAt, (neededSinceByKey.get(need.key) ?? now) + (need.restMs ?? 0));
      if (openRequestsByKey.has(need.key)) {
        continue;
      }

      if (dueAt > now) {
        wakeAt = Math.min(wakeAt, dueAt);
      } else if (openRequestsByKey.size < maxConcurrent) {
        void request(need);
      }
    }

    cancelSleep?.();
    cancelSleep = clock.after(wakeAt - now, sendDueRequests);
  };

  const unsubscribe = store.subscribe(sendDueRequests);
  sendDueRequests();
  return () => {
    if (isStopped) {
      return;
    }

    isStopped = true;
    unsubscribe();
    cancelSleep?.();
    abortUnless(() => false);
  };
};
