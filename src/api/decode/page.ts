import type {Page} from '../../domain/page.js';
import {decodeCount, decodeEach, isRecord, removeDuplicates, type Wire} from './wire.js';

/** A page, and the largest page size that the server allows, if it states one. */
export type DecodedPage<T> = {readonly page: Page<T>; readonly maxSize: number | undefined};

const decodePositive = (value: unknown): number | undefined => {
  const count = decodeCount(value);
  return count === 0 ? undefined : count;
};

/** Omits items that cannot be decoded or whose ID occurred before. Returns `undefined` if `whole` is not a page. */
export const decodePage = <T extends {readonly id: string}>(
  whole: unknown,
  decode: (item: Wire) => T | undefined,
): DecodedPage<T> | undefined => {
  const items = isRecord(whole) ? whole['items'] : undefined;
  if (!isRecord(whole) || !Array.isArray(items)) {
    return undefined;
  }

  const decoded = removeDuplicates(decodeEach(items, decode), item => item.id);
  return {
    page: {
      items: decoded,
      index: decodePositive(whole['index']) ?? 1,
      pageCount: decodePositive(whole['total_pages']) ?? 1,
      total: decodeCount(whole['total']) ?? decoded.length,
    },
    maxSize: decodePositive(whole['max_size']),
  };
};
