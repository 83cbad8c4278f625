import type {ProjectId} from '../domain/ids.js';
import type {Instant} from '../domain/instant.js';
import type {ListOrder, RunFilters, StepFilters, TextFilter, TimeFilter} from '../domain/list-filters.js';
import type {TransportRequest} from './transport.js';

export type QueryParameters = TransportRequest['query'];

type Filters = RunFilters & StepFilters;

type ListQuery = {
  readonly projectId: ProjectId | undefined;
  readonly filters?: Filters;
  readonly order?: ListOrder;
  readonly size: number;
  readonly page?: number;
  readonly updatedSince?: Instant;
};

/** The largest page that a server accepts; a larger one is a 422. */
const maxPageSize = 10_000;

const sortParameterByOrder: Readonly<Record<ListOrder, string>> = {
  'oldest-first': 'asc:created',
  'newest-first': 'desc:created',
  'least-recently-updated-first': 'asc:updated',
  'last-updated-first': 'desc:updated',
};

const parameterByFilter: Readonly<Record<keyof Filters, string>> = {
  id: 'id',
  name: 'name',
  status: 'status',
  pipeline: 'pipeline',
  pipelineId: 'pipeline_id',
  user: 'user',
  tag: 'tags',
  parentRunId: 'parent_run_id',
  cacheKey: 'cache_key',
  createdAt: 'created',
  isInProgress: 'in_progress',
};

/**
 * Filters accept only this form of a time: UTC, whole seconds, without `T` and `Z`. Rounding down misses nothing, because the
 * server compares whole seconds.
 */
const formatFilterTime = (at: Instant): string => {
  const iso = new Date(Math.floor(at / 1000) * 1000).toISOString();
  return `${iso.slice(0, 10)} ${iso.slice(11, 19)}`;
};

/** The value of a parameter in ZenML's filter grammar, `operator:value`. */
const encodeFilter = (filter: TextFilter | TimeFilter | true): string => {
  if (filter === true) {
    return 'true';
  }

  if (typeof filter === 'string') {
    return `equals:${filter}`;
  }

  if ('not' in filter) {
    return `notequals:${filter.not}`;
  }

  if ('contains' in filter) {
    return `contains:${filter.contains}`;
  }

  if ('startsWith' in filter) {
    return `startswith:${filter.startsWith}`;
  }

  if ('oneOf' in filter) {
    return `oneof:${JSON.stringify(filter.oneOf)}`;
  }

  if ('noneOf' in filter) {
    return `notoneof:${JSON.stringify(filter.noneOf)}`;
  }

  return 'since' in filter ? `gte:${formatFilterTime(filter.since)}` : `lte:${formatFilterTime(filter.until)}`;
};

const encodeFilters = (filters: Filters): QueryParameters =>
  // Filters are written as object literals, so they have no other keys than those of the type.
  (Object.keys(filters) as (keyof Filters)[]).flatMap(key => {
    const filter = filters[key];
    return filter === undefined ? [] : [[parameterByFilter[key], encodeFilter(filter)] as const];
  });

/**
 * The parameters of a request for a list. The project is always sent if it is known: without it the server lists the
 * project `default`, which may be empty. The order is always sent, too, because servers list the oldest first by default.
 */
export const buildListQuery = (
  query: ListQuery,
  defaultOrder: ListOrder,
  extra: QueryParameters = [],
): QueryParameters => {
  const {projectId, filters = {}, order = defaultOrder, size, page = 1, updatedSince} = query;
  return [
    ...(projectId === undefined ? [] : [['project', projectId] as const]),
    ['sort_by', sortParameterByOrder[order]],
    ['size', String(Math.min(maxPageSize, Math.max(1, Math.floor(size))))],
    ['page', String(Math.max(1, page))],
    ...extra,
    ...encodeFilters(filters),
    ...(updatedSince === undefined ? [] : [['updated', encodeFilter({since: updatedSince})] as const]),
  ];
};

const getSize = (query: QueryParameters): number => Number(query.find(([name]) => name === 'size')?.[1]);

/** The query with a page size of at most `limit`. */
export const limitPageSize = (query: QueryParameters, limit: number): QueryParameters =>
  query.map(([name, value]) => (name === 'size' && Number(value) > limit ? [name, String(limit)] : [name, value]));

/**
 * The query without a page size, which the server then chooses; `undefined` if it has no page size, or requests only
 * one row.
 */
export const removePageSize = (query: QueryParameters): QueryParameters | undefined =>
  getSize(query) > 1 ? query.filter(([name]) => name !== 'size') : undefined;
