import type {Client} from '../api/client.js';
import {needsOf} from '../store/needs.js';
import type {Need} from '../store/query.js';
import type {Store} from '../store/store.js';
import {ask} from './ask.js';
import type {Clock} from './clock.js';

/** A server is never asked more than this at once. */
const mostAtOnce = 2;

/** Longest sleep: a clock that jumps is noticed within it. In milliseconds. */
const longestSleepMs = 60_000;

type Options = {
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
export const startPoller = ({store, client, clock, random}: Options): (() => void) => {
  const asking = new Map<string, AbortController>();
  let cancelSleep: (() => void) | undefined;
  let isStopped = false;

  const askFor = async ({key, query}: Need): Promise<void> => {
    const abort = new AbortController();
    asking.set(key, abort);
    const answer = await ask(client, query, abort.signal);
    if (isStopped || asking.get(key) !== abort) {
      return;
    }

    asking.delete(key);
    store.dispatch(
      answer.ok
        ? {type: 'news/arrived', key, news: answer.value, ...answer.timing}
        : {type: 'news/failed', key, failure: answer.failure, at: clock.now(), jitter: random()},
    );
    reconcile();
  };

  const reconcile = (): void => {
    if (isStopped) {
      return;
    }

    const needs = needsOf(store.get());
    giveUpAllBut(needs);
    const now = clock.now();
    let nextAt = now + longestSleepMs;
    for (const need of needs) {
      if (asking.has(need.key)) {
        continue;
      }

      if (need.dueAt > now) {
        nextAt = Math.min(nextAt, need.dueAt);
      } else if (asking.size < mostAtOnce) {
        void askFor(need);
      }
    }

    cancelSleep?.();
    cancelSleep = asking.size < mostAtOnce ? clock.after(Math.max(0, nextAt - now), reconcile) : undefined;
  };

  const giveUpAllBut = (needs: readonly Need[]): void => {
    const needed = new Set(needs.map(need => need.key));
    for (const [key, abort] of asking) {
      if (!needed.has(key)) {
        asking.delete(key);
        abort.abort();
      }
    }
  };

  const unsubscribe = store.subscribe(reconcile);
  reconcile();
  return () => {
    isStopped = true;
    unsubscribe();
    cancelSleep?.();
    for (const abort of asking.values()) {
      abort.abort();
    }
  };
};
