import * as v from 'valibot';
import type {Page} from '../../domain/page.js';
import {eachOf, uniqueBy, type Wire} from './wire.js';

const atLeast = (least: number) => v.pipe(v.number(), v.integer(), v.minValue(least));

const envelope = v.object({
  items: v.array(v.unknown()),
  index: v.fallback(atLeast(1), 1),
  total_pages: v.fallback(atLeast(1), 1),
  total: v.fallback(v.optional(atLeast(0)), undefined),
  max_size: v.fallback(v.optional(atLeast(1)), undefined),
});

/** A page, and how many items the server was ready to put on it. */
export type DecodedPage<T> = {readonly page: Page<T>; readonly maxSize: number | undefined};

/** Without the items that could not be decoded and those whose id was there before; `undefined` if it is no page. */
export const pageOf = <T extends {readonly id: string}>(
  whole: unknown,
  decode: (item: Wire) => T | undefined,
): DecodedPage<T> | undefined => {
  const parsed = v.safeParse(envelope, whole);
  if (!parsed.success) {
    return undefined;
  }

  const {items, index, total_pages, total, max_size} = parsed.output;
  const decoded = uniqueBy(eachOf(items, decode), item => item.id);
  return {
    page: {items: decoded, index, pageCount: total_pages, total: total ?? decoded.length},
    maxSize: max_size,
  };
};
