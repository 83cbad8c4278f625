import type {Instant} from './instant.js';

/** What a text field of a list must match; a plain string must match exactly. */
export type TextFilter =
  | string
  | {readonly not: string}
  | {readonly contains: string}
  | {readonly startsWith: string}
  | {readonly oneOf: readonly string[]}
  | {readonly noneOf: readonly string[]};

/** Both include the instant itself. The server compares whole seconds. */
export type TimeFilter = {readonly since: Instant} | {readonly until: Instant};

/** Which runs the server lists: those that pass all of these filters. */
export type RunFilters = {
  readonly id?: TextFilter;
  readonly name?: TextFilter;
  readonly status?: TextFilter;
  /** Name or ID. */
  readonly pipeline?: TextFilter;
  readonly pipelineId?: TextFilter;
  /** Name or ID. */
  readonly user?: TextFilter;
  readonly tag?: TextFilter;
  readonly parentRunId?: TextFilter;
  readonly createdAt?: TimeFilter;
  readonly isInProgress?: true;
};

/** Which step runs the server lists: those that pass all of these filters. */
export type StepFilters = {
  readonly id?: TextFilter;
  readonly name?: TextFilter;
  readonly status?: TextFilter;
  readonly cacheKey?: TextFilter;
  readonly createdAt?: TimeFilter;
};

/** The order of a list. In `least-recently-updated-first`, rows that are added or changed meanwhile only appear at the end. */
export type ListOrder = 'oldest-first' | 'newest-first' | 'least-recently-updated-first' | 'last-updated-first';
