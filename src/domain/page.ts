/** One page of a list; `total` counts what all pages hold. */
export type Page<T> = {
  readonly items: readonly T[];
  readonly index: number;
  readonly pageCount: number;
  readonly total: number;
};
