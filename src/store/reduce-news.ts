import type {Instant} from '../domain/instant.js';
import {withAttempts, withDag} from '../domain/merge-steps.js';
import {mergeRun} from '../domain/run.js';
import {isOver, lastEndAt, runEndAt} from '../domain/run-over.js';
import type {Action} from './action.js';
import {withDelta, withTable} from './reduce-delta.js';
import {type State, serverNow, type Watch} from './state.js';

type Arrived = Extract<Action, {readonly type: 'news/arrived'}>;

/** How long before it was opened a run must have ended for all its rows to be settled, in milliseconds. */
const settledMs = 30_000;

/** What an answer changes in what is known of the open run; news of another run changes nothing. */
export const reduceNews = (state: State, watch: Watch, arrived: Arrived): Watch => {
  const next = withNews(state, watch, arrived);
  return next === watch ? watch : judged(state, watch, next, arrived.answeredAt);
};

const withNews = (state: State, watch: Watch, arrived: Arrived): Watch => {
  const {news} = arrived;
  switch (news.kind) {
    case 'run':
      return news.run.id === watch.runId ? {...watch, run: mergeRun(watch.run, news.run), isRunSuspect: false} : watch;

    case 'other-run':
      return {...watch, otherRunsById: remember(watch.otherRunsById, news.run.id, news.run)};

    case 'dag':
      return news.runId === watch.runId
        ? {
            ...withTable(watch, withDag(watch.table, news.dag), arrived.answeredAt),
            childRuns: news.dag.childRuns,
            waitConditions: news.dag.waitConditions,
          }
        : watch;

    case 'steps':
      return news.runId === watch.runId ? withDelta(state, watch, news, arrived) : watch;

    case 'step': {
      const {detail} = news;
      const isOurs = detail.runId === undefined || detail.runId === watch.runId;
      const table = isOurs ? withAttempts(watch.table, [detail.attempt]) : watch.table;
      return {
        ...withTable(watch, table, arrived.answeredAt),
        missedIds: new Set([...watch.missedIds].filter(id => id !== detail.attempt.id)),
        detailsById: remember(watch.detailsById, detail.attempt.id, detail),
      };
    }

    case 'info':
      return watch;
  }
};

/** Pages of steps that are kept: enough to go back and forth, few enough for a pane that stays open for days. */
const rememberedCount = 200;

const remember = <K, V>(known: ReadonlyMap<K, V>, key: K, value: V): ReadonlyMap<K, V> => {
  const others = [...known].filter(([other]) => other !== key).slice(1 - rememberedCount);
  return new Map([...others, [key, value]]);
};

/** Whether the run is over now, since when, and what must be doubted because it came back. */
const judged = (state: State, before: Watch, watch: Watch, at: Instant): Watch => {
  if (watch.run === undefined || (watch.run === before.run && watch.table === before.table)) {
    return watch;
  }

  if (!isOver(watch.run, watch.table, serverNow(state))) {
    return watch.overAt === undefined ? watch : {...watch, overAt: undefined, doubtedAt: at};
  }

  if (watch.overAt !== undefined) {
    return watch;
  }

  const endedAt = runEndAt(watch.run, watch.table) ?? lastEndAt(watch.table);
  const isOld = before.run === undefined && endedAt !== undefined && serverNow(state) - endedAt > settledMs;
  return {...watch, overAt: isOld ? endedAt - state.clockOffsetMs : at};
};
