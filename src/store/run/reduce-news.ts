import type {Dag, DagChildRun} from '../../domain/dag.js';
import {keepIfEqual} from '../../domain/equality.js';
import type {Instant} from '../../domain/instant.js';
import {withDag} from '../../domain/merge-steps.js';
import {buildPastRun} from '../../domain/past-run.js';
import {isRunOver, mergeRun, type Run} from '../../domain/run.js';
import {getLastEndAt, getRunEndAt, isEffectivelyOver} from '../../domain/run-end.js';
import {isFinished} from '../../domain/status.js';
import {findStep} from '../../domain/step-table.js';
import type {Action} from '../action.js';
import {getHistoryKey} from '../history/history.js';
import {withLog} from '../logs/reduce-logs.js';
import type {News} from '../query.js';
import {getLeastAheadMs} from '../requests/clock-evidence.js';
import type {ListingNews} from '../runs/listing.js';
import type {State} from '../state.js';
import type {OpenRun, Untold} from './open-run.js';
import {withStepRows, withStepsPage} from './reduce-delta.js';
import {isEndBelieved} from './run-ending.js';

type NewsArrival = Extract<Action, {readonly type: 'news/arrived'}>;
type TimedArrival = NewsArrival & {readonly leastAheadMs: number};

/** News of a run: of itself, or of what it points to. */
type OpenRunNews = Exclude<News, ListingNews>;

/** How long before it was opened a run must have ended for all its rows to be settled, in milliseconds. */
const longEndedMs = 30_000;

/** What an answer changes in what is known of the open run; news of another run changes nothing. */
export const reduceNews = (state: State, watch: OpenRun, news: OpenRunNews, arrived: NewsArrival): OpenRun => {
  const next = applyNews(watch, news, {...arrived, leastAheadMs: getLeastAheadMs(state.clock)});
  return next === watch ? watch : updateOverAt(state, watch, next, arrived);
};

const applyNews = (watch: OpenRun, news: OpenRunNews, arrived: TimedArrival): OpenRun => {
  switch (news.kind) {
    case 'run':
      return news.run.id === watch.runId ? {...watch, run: mergeRun(watch.run, news.run), isRunSuspect: false} : watch;

    case 'other-run':
      return {...watch, otherRunsById: remember(watch.otherRunsById, news.run.id, news.run)};

    case 'dag':
      return news.runId === watch.runId ? withPlan(watch, news, arrived.answeredAt) : watch;

    case 'steps':
      return news.runId === watch.runId ? withStepsPage(watch, news, arrived) : watch;

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
    untold: watch.rowsAskedAt === undefined || !watch.hasPlan ? watch.untold : mergeUntold(watch, dag, at),
    childRuns: keepIfEqual(watch.childRuns, dag.childRuns),
    waitConditions: keepIfEqual(watch.waitConditions, dag.waitConditions),
  };
};

/** What `/dag` knows of step runs and rows do not: an end, or a step run that was not there before. */
const mergeUntold = ({table, untold}: OpenRun, dag: Dag, toldAt: Instant): Untold => {
  // What has been distrusted because of it is not held against deltas twice.
  const isFinishedById = new Map(Number.isFinite(untold.toldAt) ? untold.isFinishedById : []);
  const before = isFinishedById.size;
  for (const {name, id, status} of dag.steps) {
    const held = findStep(table, name)?.attempts.find(attempt => attempt.id === id);
    const isEnded = status !== undefined && isFinished(status.status);
    if (id !== undefined && (held === undefined || (isEnded && !isFinished(held.status)))) {
      isFinishedById.set(id, isEnded);
    }
  }

  return isFinishedById.size === before ? untold : {isFinishedById, toldAt};
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

/** Whether the run has ended now, since when, whether its steps agree, and what must be doubted because it came back. */
const updateOverAt = (state: State, before: OpenRun, watch: OpenRun, arrived: NewsArrival): OpenRun => {
  const {run, table, endSeenAt} = watch;
  if (run === undefined) {
    return watch;
  }

  // Before the plan is known, what is left to do is not.
  const hasEnded =
    isRunOver(run) || (watch.hasPlan && isEffectivelyOver(run, table, getQuietMs(state, watch, arrived)));
  if (!hasEnded) {
    return endSeenAt === undefined
      ? watch
      : {...watch, endSeenAt: undefined, overAt: undefined, doubtedAt: arrived.askedAt};
  }

  const ended =
    endSeenAt === undefined ? {...watch, endSeenAt: getEndSeenAt(state, before, watch, arrived.answeredAt)} : watch;
  return ended.overAt === undefined && isEndBelieved(state, ended) ? {...ended, overAt: ended.endSeenAt} : ended;
};

const dayMs = 86_400_000;

/**
 * How long nothing has happened in the run, in milliseconds, as far as we have seen it ourselves: the server's clock may
 * not be what a Date says. Only what both clocks have as days ago was so before we looked.
 */
const getQuietMs = ({now, clockOffsetMs}: State, {table, changedAt}: OpenRun, {answeredAt}: NewsArrival): number => {
  const agoMs = Math.min(now, now + clockOffsetMs) - (getLastEndAt(table) ?? now);
  return agoMs >= dayMs ? agoMs : answeredAt - changedAt;
};

/** A run that had ended well before it was opened has nothing more to tell; any other may, from when its end was seen. */
const getEndSeenAt = (
  {clockOffsetMs}: State,
  before: OpenRun,
  {run, table, openedAt}: OpenRun,
  seenAt: Instant,
): Instant => {
  const endedAt = (run && getRunEndAt(run, table)) ?? getLastEndAt(table);
  const wasOnGoing = before.run !== undefined && !isRunOver(before.run) && !isFinished(before.run.status);
  if (endedAt === undefined || wasOnGoing) {
    return seenAt;
  }

  // By whichever clock it is later: the other may be wrong.
  const endedAtByUs = endedAt - Math.min(0, clockOffsetMs);
  return endedAtByUs < openedAt - longEndedMs ? endedAtByUs : seenAt;
};
