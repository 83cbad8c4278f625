import type {Client} from '../api/client.js';
import type {Instant} from '../domain/instant.js';
import {getNeeds} from '../store/needs.js';
import type {Need} from '../store/query.js';
import type {Store} from '../store/store.js';
import type {Clock} from './clock.js';
import {fetchNews} from './fetch-news.js';

/** The server never gets more requests than this at once. */
const maxConcurrent = 2;

/** The longest sleep, in milliseconds: short enough not to be mistaken for the machine being asleep. */
const longestSleepMs = 20_000;

/** A machine that was asleep this long holds dead connections without knowing it. */
const suspendGapMs = 30_000;

type PollerOptions = {
  readonly store: Store;
  readonly client: Client;
  readonly clock: Clock;
  /** At least 0 and less than 1. */
  readonly random: () => number;
};

/**
 * Keeps fresh what the store needs: fetches what is due, the most urgent first, sleeps until the next need is due,
 * and aborts what is no longer needed. Returns a function that stops it, after which nothing is fetched or
 * dispatched.
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
    // Every answer changes the store, which makes us look again.
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

  /** Since when each key has been needed without a break. */
  const keepAccount = (keys: ReadonlySet<string>, now: Instant): void => {
    for (const key of neededSince.keys()) {
      if (!keys.has(key)) {
        neededSince.delete(key);
      }
    }

    for (const key of keys) {
      // A clock that was set back must not make a short rest a long one.
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
