import type {ProjectId} from '../domain/ids.js';
import type {Instant} from '../domain/instant.js';
import type {TransportRequest} from './transport.js';

export type QueryParameters = TransportRequest['query'];

/** The largest page any server gives; more is 422. */
const maxPageSize = 10_000;

/** The one form of time that filters take: UTC, whole seconds, no `T` and no `Z`. Rounded down, so nothing is missed. */
export const formatFilterTime = (at: Instant): string => {
  const iso = new Date(Math.floor(at / 1000) * 1000).toISOString();
  return `${iso.slice(0, 10)} ${iso.slice(11, 19)}`;
};

type ListQuery = {
  readonly projectId: ProjectId | undefined;
  readonly filters?: Readonly<Record<string, string>>;
  readonly sortBy?: string;
  readonly size: number;
  readonly page?: number;
  readonly updatedSince?: Instant;
};

/**
 * What every list is asked with. The project is never left out where it is known: without it the server looks in the
 * project `default` and answers with an empty page. Sorting neither, for the default is oldest first.
 */
export const buildListQuery = (query: ListQuery, unsaidSort: string, extra: QueryParameters = []): QueryParameters => {
  const {projectId, filters = {}, sortBy = unsaidSort, size, page = 1, updatedSince} = query;
  return [
    ...(projectId === undefined ? [] : [['project', projectId] as const]),
    ['sort_by', sortBy],
    ['size', String(Math.min(maxPageSize, Math.max(1, Math.floor(size))))],
    ['page', String(Math.max(1, page))],
    ...extra,
    ...Object.entries(filters),
    ...(updatedSince === undefined ? [] : [['updated', `gte:${formatFilterTime(updatedSince)}`] as const]),
  ];
};

const getSize = (query: QueryParameters): number => Number(query.find(([name]) => name === 'size')?.[1]);

/** The query with a page no larger than `limit`. */
export const limitPageSize = (query: QueryParameters, limit: number): QueryParameters =>
  query.map(([name, value]) => (name === 'size' && Number(value) > limit ? [name, String(limit)] : [name, value]));

/** The query that leaves the size to the server; `undefined` where it did not ask for more than a server ever gives. */
export const removePageSize = (query: QueryParameters): QueryParameters | undefined =>
  getSize(query) > 1 ? query.filter(([name]) => name !== 'size') : undefined;
