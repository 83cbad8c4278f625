import type {Page} from '../domain/page.js';
import {decodePage} from './decode/page.js';
import type {Wire} from './decode/wire.js';
import {limitPageSize, type QueryParameters, removePageSize} from './list-query.js';
import type {ApiResponse} from './response.js';
import {getErrorBody} from './response-failure.js';
import {decodeResponse, type SendRequest} from './send-request.js';

export type FetchPage = <T extends {readonly id: string}>(
  path: string,
  query: QueryParameters,
  decode: (item: Wire) => T | undefined,
  signal: AbortSignal,
) => Promise<ApiResponse<Page<T>>>;

/**
 * Fetches pages. If an administrator has limited the page size, a larger `size` leads to a 422 with a bare list, as for every
 * parameter that is out of range. The request is then repeated without a size, and the size of that page is the limit for
 * all later requests.
 */
export const createFetchPage = (send: SendRequest): FetchPage => {
  let limit = Number.POSITIVE_INFINITY;

  return async (path, query, decode, signal) => {
    const read = (result: Awaited<ReturnType<SendRequest>>) =>
      decodeResponse(path, result, body => decodePage(body, decode));
    const first = await send({path, query: limitPageSize(query, limit)}, signal);
    const sizeless = removePageSize(query);
    const isTooLarge = first.ok && first.value.status === 422 && getErrorBody(first.value).isBareList;
    if (!isTooLarge || sizeless === undefined) {
      const response = read(first);
      return response.ok ? {...response, value: response.value.page} : response;
    }

    const again = read(await send({path, query: sizeless}, signal));
    if (!again.ok) {
      return again;
    }

    limit = again.value.maxSize ?? limit;
    return {...again, value: again.value.page};
  };
};
