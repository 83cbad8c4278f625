import type {Page} from '../domain/page.js';
import type {Answer} from './answer.js';
import {getErrorBody} from './answer-failure.js';
import {decodePage} from './decode/page.js';
import type {Wire} from './decode/wire.js';
import {limitPageSize, type QueryParameters, removePageSize} from './list-query.js';
import {decodeAnswer, type SendRequest} from './send-request.js';

export type FetchPage = <T extends {readonly id: string}>(
  path: string,
  query: QueryParameters,
  decode: (item: Wire) => T | undefined,
  signal: AbortSignal,
) => Promise<Answer<Page<T>>>;

/**
 * Fetches pages. An administrator's page limit makes a larger `size` a 422 with a bare list, the shape of every
 * parameter that is out of range. Then the size is left to the server, which says how much it gave, and no more than
 * that is asked for from then on.
 */
export const createFetchPage = (ask: SendRequest): FetchPage => {
  let limit = Number.POSITIVE_INFINITY;

  return async (path, query, decode, signal) => {
    const read = (result: Awaited<ReturnType<SendRequest>>) =>
      decodeAnswer(path, result, body => decodePage(body, decode));
    const first = await ask({path, query: limitPageSize(query, limit)}, signal);
    const sizeless = removePageSize(query);
    const isTooLarge = first.ok && first.value.status === 422 && getErrorBody(first.value).isBareList;
    if (!isTooLarge || sizeless === undefined) {
      const answer = read(first);
      return answer.ok ? {...answer, value: answer.value.page} : answer;
    }

    const again = read(await ask({path, query: sizeless}, signal));
    if (!again.ok) {
      return again;
    }

    limit = again.value.maxSize ?? limit;
    return {...again, value: again.value.page};
  };
};
