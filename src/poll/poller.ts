import type {Client} from '../api/client.js';
import type {Instant} from '../domain/instant.js';
import {getNeeds} from '../store/needs.js';
import type {Need} from '../store/query.js';
import type {Store} from '../store/store.js';
import type {Clock} from './clock.js';
import {fetchNews} from './fetch-news.js';

/** A server is never asked more than this at once. */
const maxConcurrent = 2;

/** Longest sleep, in milliseconds; so long that it cannot be taken for one of the machine's. */
const longestSleepMs = 20_000;

/** A machine that slept this long holds connections that are dead and do not know it. */
const suspendGapMs = 30_000;

type PollerOptions = {
  readonly store: Store;
  readonly client: Client;
  readonly clock: Clock;
  /** From 0 up to 1. */
  readonly random: () => number;
};

/**
 * Keeps fresh what the store says it needs: asks for what is due, the most urgent first, sleeps until the next is, and
 * gives up what is needed no more. Returns how to stop; after that nothing is asked or told.
 */
export const startPoller = ({store, client, clock, random}: PollerOptions): (() => void) => {
  const asking = new Map<string, AbortController>();
  const neededSince = new Map<string, Instant>();
  let lookedAt = clock.now();
  let cancelSleep: (() => void) | undefined;
  let isStopped = false;

  const askFor = async ({key, query}: Need): Promise<void> => {
    const abort = new AbortController();
    asking.set(key, abort);
    const requestedAt = clock.now();
    const answer = await fetchNews(client, query, abort.signal);
    if (asking.get(key) !== abort) {
      return;
    }

    asking.delete(key);
    // Every answer changes the store, which has us look again.
    store.dispatch(
      answer.ok
        ? {type: 'news/arrived', key, news: answer.value, ...answer.timing}
        : {type: 'news/failed', key, requestedAt, failure: answer.failure, at: clock.now(), jitter: random()},
    );
  };

  const giveUp = (isWanted: (key: string) => boolean): void => {
    for (const [key, abort] of asking) {
      if (!isWanted(key)) {
        asking.delete(key);
        abort.abort();
      }
    }
  };

  /** Since when what goes by these keys has been needed without a break. */
  const keepAccount = (keys: ReadonlySet<string>, now: Instant): void => {
    for (const key of neededSince.keys()) {
      if (!keys.has(key)) {
        neededSince.delete(key);
      }
    }

    for (const key of keys) {
      // A clock that was put back must not make a short rest a long one.
      neededSince.set(key, Math.min(neededSince.get(key) ?? now, now));
    }
  };

  const look = (): void => {
    const now = clock.now();
    const needs = getNeeds(store.get());
    const keys = new Set(needs.map(need => need.key));
    const hasSlept = now - lookedAt > suspendGapMs;
    lookedAt = now;
    giveUp(key => keys.has(key) && !hasSlept);
    keepAccount(keys, now);

    let wakeAt = now + longestSleepMs;
    for (const need of needs) {
      const dueAt = Math.max(need.dueAt, (neededSince.get(need.key) ?? now) + (need.restMs ?? 0));
      if (asking.has(need.key)) {
        continue;
      }

      if (dueAt > now) {
        wakeAt = Math.min(wakeAt, dueAt);
      } else if (asking.size < maxConcurrent) {
        void askFor(need);
      }
    }

    cancelSleep?.();
    cancelSleep = clock.after(wakeAt - now, look);
  };

  const unsubscribe = store.subscribe(look);
  look();
  return () => {
    if (isStopped) {
      return;
    }

    isStopped = true;
    unsubscribe();
    cancelSleep?.();
    giveUp(() => false);
  };
};
