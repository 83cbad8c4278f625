import type {DagChildRun} from '../../domain/dag.js';
import {keepIfEqual} from '../../domain/equality.js';
import type {Instant} from '../../domain/instant.js';
import {withDag} from '../../domain/merge-steps.js';
import {buildPastRun} from '../../domain/past-run.js';
import {isRunOver, mergeRun, type Run} from '../../domain/run.js';
import {getLastEndAt, getRunEndAt, isEffectivelyOver} from '../../domain/run-end.js';
import type {Action} from '../action.js';
import {getHistoryKey} from '../history/history.js';
import {withLog} from '../logs/reduce-logs.js';
import type {News} from '../query.js';
import type {ListingNews} from '../runs/listing.js';
import {getServerNow, type State} from '../state.js';
import type {OpenRun} from './open-run.js';
import {withStepRows, withStepsPage} from './reduce-delta.js';

type NewsArrival = Extract<Action, {readonly type: 'news/arrived'}>;

/** News of a run: of itself, or of what it points to. */
type OpenRunNews = Exclude<News, ListingNews>;

/** How long before it was opened a run must have ended for all its rows to be settled, in milliseconds. */
const longEndedMs = 30_000;

/** What an answer changes in what is known of the open run; news of another run changes nothing. */
export const reduceNews = (state: State, watch: OpenRun, news: OpenRunNews, arrived: NewsArrival): OpenRun => {
  const next = applyNews(state, watch, news, arrived);
  return next === watch ? watch : updateOverAt(state, next, arrived);
};

const applyNews = (state: State, watch: OpenRun, news: OpenRunNews, arrived: NewsArrival): OpenRun => {
  switch (news.kind) {
    case 'run':
      return news.run.id === watch.runId ? {...watch, run: mergeRun(watch.run, news.run), isRunSuspect: false} : watch;

    case 'other-run':
      return {...watch, otherRunsById: remember(watch.otherRunsById, news.run.id, news.run)};

    case 'dag':
      return news.runId === watch.runId ? withPlan(watch, news, arrived.answeredAt) : watch;

    case 'steps':
      return news.runId === watch.runId ? withStepsPage(state, watch, news, arrived) : watch;

    case 'child-runs':
      return news.runId === watch.runId ? {...watch, childRuns: mergeChildRuns(watch.childRuns, news.runs)} : watch;

    case 'step':
      return withStep(watch, news, arrived.answeredAt);

    case 'earlier-runs':
      return news.runId === watch.runId ? {...watch, earlier: {...watch.earlier, runs: news.runs}} : watch;

    case 'earlier-dag': {
      const {runs = [], pastRuns} = watch.earlier;
      const run = runs.find(({id}) => id === news.earlierId);
      const past = run && buildPastRun(run, news.dag);
      return past === undefined || pastRuns.some(({id}) => id === past.id)
        ? watch
        : {...watch, earlier: {...watch.earlier, pastRuns: [...pastRuns, past]}};
    }

    case 'earlier-step': {
      const {stepsByKey} = watch.earlier;
      const key = getHistoryKey(news.runId, news.name);
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

const withPlan = (watch: OpenRun, {dag}: Extract<News, {readonly kind: 'dag'}>, at: Instant): OpenRun => {
  const table = withDag(watch.table, dag);
  return {
    ...watch,
    table,
    changedAt: table === watch.table ? watch.changedAt : at,
    hasPlan: true,
    childRuns: keepIfEqual(watch.childRuns, dag.childRuns),
    waitConditions: keepIfEqual(watch.waitConditions, dag.waitConditions),
  };
};

/** Those known before keep their places: the reader may be among them. */
const mergeChildRuns = (before: readonly DagChildRun[], runs: readonly Run[]): readonly DagChildRun[] => {
  const news = new Map(runs.map(run => [run.id, buildChildRun(run)]));
  const known = before.map(child => (child.id === undefined ? child : (news.get(child.id) ?? child)));
  const ids = new Set(before.map(({id}) => id));
  return keepIfEqual(before, [...known, ...[...news.values()].filter(({id}) => !ids.has(id))]);
};

const buildChildRun = ({id, name, status, statusWord, startedAt, endedAt}: Run): DagChildRun => ({
  id,
  name,
  status: {status, statusWord},
  startedAt,
  durationMs: startedAt === undefined || endedAt === undefined ? undefined : Math.max(0, endedAt - startedAt),
});

const withStep = (watch: OpenRun, {detail}: Extract<News, {readonly kind: 'step'}>, at: Instant): OpenRun => {
  const {id} = detail.attempt;
  const isOurs = detail.runId === undefined || detail.runId === watch.runId;
  const next = isOurs ? withStepRows(watch, [detail.attempt], at) : watch;
  const held = watch.detailsById.get(id);
  return {
    ...next,
    missedIds: watch.missedIds.has(id) ? new Set([...watch.missedIds].filter(other => other !== id)) : watch.missedIds,
    detailsById: remember(watch.detailsById, id, held === undefined ? detail : keepIfEqual(held, detail)),
  };
};

/** Pages of steps that are kept: enough to go back and forth, few enough for a pane that stays open for days. */
const maxRemembered = 200;

const remember = <K, V>(known: ReadonlyMap<K, V>, key: K, value: V): ReadonlyMap<K, V> => {
  if (known.has(key) && known.get(key) === value) {
    return known;
  }

  const others = [...known].filter(([other]) => other !== key).slice(1 - maxRemembered);
  return new Map([...others, [key, value]]);
};

/** Whether the run is over now, since when, and what must be doubted because it came back. */
const updateOverAt = (state: State, watch: OpenRun, {askedAt, answeredAt}: NewsArrival): OpenRun => {
  const {run, table, overAt} = watch;
  if (run === undefined) {
    return watch;
  }

  // Before the plan is known, what is left to do is not.
  const isNowOver = isRunOver(run) || (watch.hasPlan && isEffectivelyOver(run, table, getServerNow(state)));
  if (isNowOver === (overAt !== undefined)) {
    return watch;
  }

  return isNowOver
    ? {...watch, overAt: getEndSeenAt(state, watch, answeredAt)}
    : {...watch, overAt: undefined, doubtedAt: askedAt};
};

/** A run that had ended well before it was opened has nothing more to tell; any other may, from when its end was seen. */
const getEndSeenAt = (state: State, {run, table, openedAt}: OpenRun, seenAt: Instant): Instant => {
  const endedAt = (run && getRunEndAt(run, table)) ?? getLastEndAt(table);
  const endedAtByUs = endedAt === undefined ? seenAt : endedAt - state.clockOffsetMs;
  return endedAtByUs < openedAt - longEndedMs ? endedAtByUs : seenAt;
};
