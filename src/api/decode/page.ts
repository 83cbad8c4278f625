import * as v from 'valibot';
import type {Page} from '../../domain/page.js';
import {decodeEach, removeDuplicates, type Wire} from './wire.js';

const createMinSchema = (least: number) => v.pipe(v.number(), v.integer(), v.minValue(least));

const pageSchema = v.object({
  items: v.array(v.unknown()),
  index: v.fallback(createMinSchema(1), 1),
  total_pages: v.fallback(createMinSchema(1), 1),
  total: v.fallback(v.optional(createMinSchema(0)), undefined),
  max_size: v.fallback(v.optional(createMinSchema(1)), undefined),
});

/** A page, and how many items the server was ready to put on it. */
export type DecodedPage<T> = {readonly page: Page<T>; readonly maxSize: number | undefined};

/** Without the items that could not be decoded and those whose id was there before; `undefined` if it is no page. */
export const decodePage = <T extends {readonly id: string}>(
  whole: unknown,
  decode: (item: Wire) => T | undefined,
): DecodedPage<T> | undefined => {
  const parsed = v.safeParse(pageSchema, whole);
  if (!parsed.success) {
    return undefined;
  }

  const {items, index, total_pages, total, max_size} = parsed.output;
  const decoded = removeDuplicates(decodeEach(items, decode), item => item.id);
  return {
    page: {items: decoded, index, pageCount: total_pages, total: total ?? decoded.length},
    maxSize: max_size,
  };
};
