import {keepIfEqual} from '../../domain/equality.js';
import type {Instant} from '../../domain/instant.js';
import {summarizeLog} from '../../domain/log/activity.js';
import {mergeRun} from '../../domain/run.js';
import type {Action} from '../action.js';
import {withPreviousRuns} from '../history/history.js';
import {reduceHistory} from '../history/reduce-history.js';
import {withLog} from '../logs/reduce-logs.js';
import type {News} from '../query.js';
import {getMinAheadMs} from '../requests/clock-evidence.js';
import {atOnce} from '../requests/reduce-requests.js';
import {withLogActivity, withLoggedProgress} from '../run-page/reduce-activity.js';
import type {ListingNews} from '../runs/listing.js';
import type {State} from '../state.js';
import {mergeChildRuns} from './merge-child-runs.js';
import {withPlan} from './merge-plan.js';
import {type OpenRun, withSync} from './open-run.js';
import {withStepRows, withStepsPage} from './reduce-delta.js';
import {remember} from './remember.js';
import {withRunEnd} from './run-ending.js';
import {getChildRunsKey, getDagKey} from './steps-keys.js';

type NewsArrival = Extract<Action, {readonly type: 'news/arrived'}>;
type TimedArrival = NewsArrival & {
  readonly minAheadMs: number;
  readonly serverAt: Instant;
  /** Whether the last response to another request was requested later than this one, so that it knows better. */
  readonly isOlderThan: (key: string) => boolean;
};

/** News about the open run, or about what it refers to. */
type OpenRunNews = Exclude<News, ListingNews>;

/** The open run after this response; news about another run changes nothing. */
export const reduceNews = (state: State, openRun: OpenRun, news: OpenRunNews, arrival: NewsArrival): OpenRun => {
  const next = applyNews(openRun, news, {
    ...arrival,
    minAheadMs: getMinAheadMs(state.clock),
    serverAt: arrival.respondedAt + state.clockOffsetMs,
    isOlderThan: key => arrival.requestedAt < (state.requestsByKey.get(key)?.asOf ?? atOnce),
  });
  return next === openRun ? openRun : withRunEnd(state, openRun, next, arrival);
};

/** If this response completed the rows, records when it was requested, by the server's clock. */
const withRowsAsOf = (openRun: OpenRun, {requestedAt, respondedAt, serverAt}: TimedArrival): OpenRun =>
  openRun.sync.watermark.requestedAt === requestedAt
    ? withSync(openRun, {rowsAsOf: serverAt - (respondedAt - requestedAt)})
    : openRun;

const applyNews = (openRun: OpenRun, news: OpenRunNews, arrival: TimedArrival): OpenRun => {
  switch (news.kind) {
    case 'run':
      return news.run.id === openRun.runId
        ? removeAnsweredQuestion(
            {...withRunAsOf(openRun, news, arrival), run: mergeRun(openRun.run, news.run), goneAt: undefined},
            arrival.respondedAt,
          )
        : openRun;

    case 'referenced-run':
      return {...openRun, referencedRunsById: remember(openRun.referencedRunsById, news.run.id, news.run)};

    case 'dag':
      return news.runId === openRun.runId
        ? withPlan(openRun, news.dag, arrival.respondedAt, arrival.isOlderThan(getChildRunsKey(openRun.runId)))
        : openRun;

    case 'steps':
      return news.runId === openRun.runId ? withRowsAsOf(withStepsPage(openRun, news, arrival), arrival) : openRun;

    case 'child-runs':
      return news.runId === openRun.runId
        ? {
            ...openRun,
            childRuns: mergeChildRuns(openRun.childRuns, news.runs, arrival.isOlderThan(getDagKey(openRun.runId))),
          }
        : openRun;

    case 'child-dag':
      return news.runId === openRun.runId
        ? {
            ...openRun,
            childDagsById: remember(
              openRun.childDagsById,
              news.childId,
              keepIfEqual(openRun.childDagsById.get(news.childId) ?? news.dag, news.dag),
            ),
          }
        : openRun;

    case 'step':
      return withLoggedProgress(withStep(openRun, news, arrival.respondedAt), news.detail, arrival.serverAt);

    case 'previous-runs':
      return news.runId === openRun.runId
        ? {...openRun, history: withPreviousRuns(openRun.history, news.runs)}
        : openRun;

    case 'previous-dag':
    case 'previous-step':
    case 'cache-candidates': {
      const history = reduceHistory(openRun.history, news);
      return history === openRun.history ? openRun : {...openRun, history};
    }

    case 'artifact-version': {
      const {detail} = news;
      return {...openRun, artifactsById: remember(openRun.artifactsById, detail.artifact.id, detail)};
    }

    case 'activity':
      return withLogActivity(openRun, news.stepId, news.activity, arrival.serverAt);

    case 'questions':
      return news.runId === openRun.runId
        ? removeAnsweredQuestion(
            {...openRun, questions: keepIfEqual(openRun.questions, news.questions)},
            arrival.respondedAt,
          )
        : openRun;

    case 'user': {
      const {id, name} = news.user;
      return {...openRun, userNamesById: remember(openRun.userNamesById, id, name)};
    }

    case 'resource-request': {
      const {request} = news;
      const known = openRun.resourceRequestsById.get(request.id);
      const next = known === undefined ? request : keepIfEqual(known, request);
      return {...openRun, resourceRequestsById: remember(openRun.resourceRequestsById, request.id, next)};
    }

    case 'pipeline-source':
      return news.runId === openRun.runId ? {...openRun, page: {...openRun.page, source: news.source}} : openRun;

    case 'stack':
      return news.stack.id === openRun.run?.stack?.id
        ? {...openRun, page: {...openRun.page, stack: keepIfEqual(openRun.page.stack, news.stack)}}
        : openRun;

    case 'log': {
      const {subject, entries} = news;
      const logs = withLog(openRun.logs, arrival.key, entries);
      const next = logs === openRun.logs ? openRun : {...openRun, logs};
      return subject.kind === 'step' && next !== openRun
        ? withLogActivity(next, subject.stepId, summarizeLog(entries), arrival.serverAt)
        : next;
    }

    case 'info':
      return openRun;
  }
};

/** A response that was requested before the run came into doubt settles nothing. */
const withRunAsOf = (
  openRun: OpenRun,
  {isHydrated}: Extract<News, {readonly kind: 'run'}>,
  {requestedAt}: TimedArrival,
): OpenRun => {
  const {runDoubtedAt, hydratedAsOf} = openRun.sync;
  return withSync(openRun, {
    runDoubtedAt: runDoubtedAt !== undefined && requestedAt < runDoubtedAt ? runDoubtedAt : undefined,
    hydratedAsOf: isHydrated ? requestedAt : hydratedAsOf,
  });
};

/**
 * The run no longer waits for a question that has been answered, but it was fetched before that, so its status may be out of date.
 */
const removeAnsweredQuestion = (openRun: OpenRun, at: Instant): OpenRun => {
  const {run, questions, sync} = openRun;
  const isAnswered = questions.some(({id, isPending}) => id === run?.waitCondition?.id && !isPending);
  return run === undefined || !isAnswered
    ? openRun
    : {
        ...withSync(openRun, {runDoubtedAt: sync.runDoubtedAt ?? at}),
        run: {...run, waitCondition: undefined},
      };
};

const withStep = (openRun: OpenRun, {detail}: Extract<News, {readonly kind: 'step'}>, at: Instant): OpenRun => {
  const {id} = detail.attempt;
  const isOurs = detail.runId === undefined || detail.runId === openRun.runId;
  const next = isOurs ? withStepRows(openRun, [detail.attempt], at) : openRun;
  const known = openRun.detailsById.get(id);
  const {missedIds} = next.sync;
  return {
    ...(missedIds.has(id) ? withSync(next, {missedIds: new Set([...missedIds].filter(other => other !== id))}) : next),
    detailsById: remember(openRun.detailsById, id, known === undefined ? detail : keepIfEqual(known, detail)),
  };
};
