import type {RunsQuery, StepsQuery} from '../api/client.js';
import type {ProjectId, RunId} from '../domain/ids.js';
import type {Instant} from '../domain/instant.js';
import {unfinishedStatuses} from '../domain/status.js';
import type {Query} from '../store/query.js';

/** No more child runs than this are listed, the oldest first; the others are known only from the graph. */
const maxChildRuns = 100;

export const buildChildRunsRequest = (runId: RunId, projectId: ProjectId): RunsQuery => ({
  projectId,
  filters: {parentRunId: runId},
  order: 'oldest-first',
  size: maxChildRuns,
  isHydrated: true,
});

/** An upper bound that includes what was created at `before`: the server compares whole seconds. */
const getBoundAfter = (before: Instant): Instant => before + 1000;

/**
 * Requests two more runs than needed, because the response may contain two that are not wanted: the run itself, and one that was
 * created later, but before the bound.
 */
export const buildPreviousRunsRequest = ({
  pipelineId,
  projectId,
  before,
  size,
}: Extract<Query, {readonly kind: 'previous-runs'}>): RunsQuery => ({
  projectId,
  filters: {pipelineId, createdAt: {until: getBoundAfter(before)}},
  order: 'newest-first',
  size: size + 2,
  isHydrated: true,
});

/** The query with which ZenML's client decides about reuse, except that it includes expired rows: each row says when it expires. */
export const buildCacheCandidatesRequest = ({
  cacheKey,
  before,
  projectId,
  size,
}: Extract<Query, {readonly kind: 'cache-candidates'}>): StepsQuery => ({
  projectId,
  filters: {cacheKey, status: 'completed', createdAt: {until: getBoundAfter(before)}},
  order: 'newest-first',
  size,
});

/** The order and the filters with which a part of the steps of a run (`subset`) is listed. */
export const buildStepsRequest = ({
  subset,
  updatedSince,
  exceptIds,
}: Extract<Query, {readonly kind: 'steps'}>): Pick<StepsQuery, 'order' | 'filters' | 'updatedSince'> => {
  switch (subset) {
    case 'newest':
      return {order: 'last-updated-first'};

    case 'retried':
      return {order: 'last-updated-first', filters: {status: 'retried'}};

    case 'delta':
    case 'new':
      return {
        order: 'least-recently-updated-first',
        ...(updatedSince === undefined ? {} : {updatedSince}),
        ...(exceptIds.length === 0 ? {} : {filters: {id: {noneOf: exceptIds}}}),
      };

    case 'ends':
      return {
        order: 'least-recently-updated-first',
        ...(updatedSince === undefined ? {} : {updatedSince}),
        filters: {status: {not: 'running'}, ...(exceptIds.length === 0 ? {} : {id: {noneOf: exceptIds}})},
      };

    case 'live':
      return {order: 'last-updated-first', filters: {status: {oneOf: unfinishedStatuses}}};
  }
};
