/** One page of a list. Pages are numbered from 1 (`index`); `total` is the number of items on all pages. */
export type Page<T> = {
  readonly items: readonly T[];
  readonly index: number;
  readonly pageCount: number;
  readonly total: number;
};
