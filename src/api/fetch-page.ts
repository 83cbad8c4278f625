import type {Page} from '../domain/page.js';
import type {Answer} from './answer.js';
import {type Ask, readAnswer} from './ask.js';
import {pageOf} from './decode/page.js';
import type {Wire} from './decode/wire.js';
import {wordsOf} from './errors.js';
import {type Query, withoutSize, withSizeUpTo} from './list-query.js';

export type FetchPage = <T extends {readonly id: string}>(
  path: string,
  query: Query,
  decode: (item: Wire) => T | undefined,
  signal: AbortSignal,
) => Promise<Answer<Page<T>>>;

/**
 * Fetches pages. An administrator's page limit makes a larger `size` a 422 with a bare list, the shape of every
 * parameter that is out of range. Then the size is left to the server, which says how much it gave, and no more than
 * that is asked for from then on.
 */
export const createFetchPage = (ask: Ask): FetchPage => {
  let limit = Number.POSITIVE_INFINITY;

  return async (path, query, decode, signal) => {
    const read = (result: Awaited<ReturnType<Ask>>) => readAnswer(path, result, body => pageOf(body, decode));
    const first = await ask({path, query: withSizeUpTo(query, limit)}, signal);
    const sizeless = withoutSize(query);
    const isTooLarge = first.ok && first.value.status === 422 && wordsOf(first.value).isBareList;
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
