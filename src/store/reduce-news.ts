import type {DagChildRun} from '../domain/dag.js';
import type {Instant} from '../domain/instant.js';
import {withDag} from '../domain/merge-steps.js';
import {pastRunOf} from '../domain/past-run.js';
import {isRunOver, mergeRun, type Run} from '../domain/run.js';
import {isOver, lastEndAt, runEndAt} from '../domain/run-over.js';
import {heldIfSame} from '../domain/same.js';
import type {Action} from './action.js';
import {earlierKey} from './earlier.js';
import {withLog} from './logs/reduce-logs.js';
import type {News} from './query.js';
import {withDelta, withRows} from './reduce-delta.js';
import type {ListingNews} from './runs/listing.js';
import {type State, serverNow} from './state.js';
import type {Watch} from './watch.js';

type Arrived = Extract<Action, {readonly type: 'news/arrived'}>;

/** News of a run: of itself, or of what it points to. */
type WatchNews = Exclude<News, ListingNews>;

/** How long before it was opened a run must have ended for all its rows to be settled, in milliseconds. */
const settledMs = 30_000;

/** What an answer changes in what is known of the open run; news of another run changes nothing. */
export const reduceNews = (state: State, watch: Watch, news: WatchNews, arrived: Arrived): Watch => {
  const next = withNews(state, watch, news, arrived);
  return next === watch ? watch : judged(state, next, arrived);
};

const withNews = (state: State, watch: Watch, news: WatchNews, arrived: Arrived): Watch => {
  switch (news.kind) {
    case 'run':
      return news.run.id === watch.runId ? {...watch, run: mergeRun(watch.run, news.run), isRunSuspect: false} : watch;

    case 'other-run':
      return {...watch, otherRunsById: remember(watch.otherRunsById, news.run.id, news.run)};

    case 'dag':
      return news.runId === watch.runId ? withPlan(watch, news, arrived.answeredAt) : watch;

    case 'steps':
      return news.runId === watch.runId ? withDelta(state, watch, news, arrived) : watch;

    case 'child-runs':
      return news.runId === watch.runId ? {...watch, childRuns: withChildren(watch.childRuns, news.runs)} : watch;

    case 'step':
      return withStep(watch, news, arrived.answeredAt);

    case 'earlier-runs':
      return news.runId === watch.runId ? {...watch, earlier: {...watch.earlier, runs: news.runs}} : watch;

    case 'earlier-dag': {
      const {runs = [], pastRuns} = watch.earlier;
      const run = runs.find(({id}) => id === news.earlierId);
      const past = run && pastRunOf(run, news.dag);
      return past === undefined || pastRuns.some(({id}) => id === past.id)
        ? watch
        : {...watch, earlier: {...watch.earlier, pastRuns: [...pastRuns, past]}};
    }

    case 'earlier-step': {
      const {stepsByKey} = watch.earlier;
      const key = earlierKey(news.runId, news.name);
      return {...watch, earlier: {...watch.earlier, stepsByKey: remember(stepsByKey, key, news.detail)}};
    }

    case 'cache-candidates': {
      const {candidatesById} = watch.earlier;
      const known = remember(candidatesById, news.stepId, news.candidates);
      return {...watch, earlier: {...watch.earlier, candidatesById: known}};
    }

    case 'artifact-version': {
      const {detail} = news;
      return {...watch, artifactsById: remember(watch.artifactsById, detail.artifact.id, detail)};
    }

    case 'log': {
      const logs = withLog(watch.logs, arrived.key, news.entries);
      return logs === watch.logs ? watch : {...watch, logs};
    }

    case 'info':
      return watch;
  }
};

const withPlan = (watch: Watch, {dag}: Extract<News, {readonly kind: 'dag'}>, at: Instant): Watch => {
  const table = withDag(watch.table, dag);
  return {
    ...watch,
    table,
    changedAt: table === watch.table ? watch.changedAt : at,
    hasPlan: true,
    childRuns: heldIfSame(watch.childRuns, dag.childRuns),
    waitConditions: heldIfSame(watch.waitConditions, dag.waitConditions),
  };
};

/** Those known before keep their places: the reader may be among them. */
const withChildren = (before: readonly DagChildRun[], runs: readonly Run[]): readonly DagChildRun[] => {
  const news = new Map(runs.map(run => [run.id, childOf(run)]));
  const known = before.map(child => (child.id === undefined ? child : (news.get(child.id) ?? child)));
  const ids = new Set(before.map(({id}) => id));
  return heldIfSame(before, [...known, ...[...news.values()].filter(({id}) => !ids.has(id))]);
};

const childOf = ({id, name, status, statusWord, startedAt, endedAt}: Run): DagChildRun => ({
  id,
  name,
  status: {status, statusWord},
  startedAt,
  durationMs: startedAt === undefined || endedAt === undefined ? undefined : Math.max(0, endedAt - startedAt),
});

const withStep = (watch: Watch, {detail}: Extract<News, {readonly kind: 'step'}>, at: Instant): Watch => {
  const {id} = detail.attempt;
  const isOurs = detail.runId === undefined || detail.runId === watch.runId;
  const next = isOurs ? withRows(watch, [detail.attempt], at) : watch;
  const held = watch.detailsById.get(id);
  return {
    ...next,
    missedIds: watch.missedIds.has(id) ? new Set([...watch.missedIds].filter(other => other !== id)) : watch.missedIds,
    detailsById: remember(watch.detailsById, id, held === undefined ? detail : heldIfSame(held, detail)),
  };
};

/** Pages of steps that are kept: enough to go back and forth, few enough for a pane that stays open for days. */
const rememberedCount = 200;

const remember = <K, V>(known: ReadonlyMap<K, V>, key: K, value: V): ReadonlyMap<K, V> => {
  if (known.has(key) && known.get(key) === value) {
    return known;
  }

  const others = [...known].filter(([other]) => other !== key).slice(1 - rememberedCount);
  return new Map([...others, [key, value]]);
};

/** Whether the run is over now, since when, and what must be doubted because it came back. */
const judged = (state: State, watch: Watch, {askedAt, answeredAt}: Arrived): Watch => {
  const {run, table, overAt} = watch;
  if (run === undefined) {
    return watch;
  }

  // Before the plan is known, what is left to do is not.
  const isNowOver = isRunOver(run) || (watch.hasPlan && isOver(run, table, serverNow(state)));
  if (isNowOver === (overAt !== undefined)) {
    return watch;
  }

  return isNowOver
    ? {...watch, overAt: endOf(state, watch, answeredAt)}
    : {...watch, overAt: undefined, doubtedAt: askedAt};
};

/** A run that had ended well before it was opened has nothing more to tell; any other may, from when its end was seen. */
const endOf = (state: State, {run, table, openedAt}: Watch, seenAt: Instant): Instant => {
  const endedAt = (run && runEndAt(run, table)) ?? lastEndAt(table);
  const endedAtByUs = endedAt === undefined ? seenAt : endedAt - state.clockOffsetMs;
  return endedAtByUs < openedAt - settledMs ? endedAtByUs : seenAt;
};
