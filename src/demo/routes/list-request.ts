import type {DemoResponse} from '../responses.js';
import {type FilterColumns, parseRowFilter} from './filters.js';
import {type PageRequest, parsePageRequest, parseSortOrder, type SortOrder} from './pages.js';

/** What a list can be filtered and sorted by, and the name of its filter model in errors. */
type ListModel<Row> = {
  readonly name: string;
  readonly columns: FilterColumns<Row>;
  readonly sortColumns: readonly string[];
};

type ListRequest<Row> = {
  readonly page: PageRequest;
  readonly order: SortOrder;
  readonly isWanted: (row: Row) => boolean;
};

/** The page, order and filter of a list request, or the server's error for the first invalid parameter. */
export const parseListRequest = <Row>(
  query: URLSearchParams,
  route: string,
  {name, columns, sortColumns}: ListModel<Row>,
): ListRequest<Row> | DemoResponse => {
  const page = parsePageRequest(query, route);
  if ('status' in page) {
    return page;
  }

  const order = parseSortOrder(query, sortColumns, name);
  if ('status' in order) {
    return order;
  }

  const isWanted = parseRowFilter(columns, query, name);
  return typeof isWanted === 'function' ? {page, order, isWanted} : isWanted;
};
