import type {StepDetail} from '../domain/attempt.js';
import type {StepId} from '../domain/ids.js';
import {elapsedMs, type Instant} from '../domain/instant.js';
import type {Run} from '../domain/run.js';
import {runEndAt} from '../domain/run-over.js';
import type {StepTable} from '../domain/step-table.js';
import {nowOf} from '../store/selectors.js';
import type {State} from '../store/state.js';

/** What is known of a run at one instant, whichever way it was fetched. */
export type KnownRun = {
  readonly run: Run;
  readonly table: StepTable;
  readonly detailsById: ReadonlyMap<StepId, StepDetail>;
  /** Nothing more will happen (see `isOver` of the domain). */
  readonly isOver: boolean;
  /** By the server's clock. */
  readonly now: Instant;
};

export const knownRunOf = (state: State): KnownRun | undefined =>
  state.watch?.run && {
    run: state.watch.run,
    table: state.watch.table,
    detailsById: state.watch.detailsById,
    isOver: state.watch.overAt !== undefined,
    now: nowOf(state),
  };

/** When the run ended; `undefined` while it goes on. */
export const endedAtOf = ({run, table, isOver}: KnownRun): Instant | undefined =>
  isOver ? runEndAt(run, table) : undefined;

/** How long something took, or has taken so far; `undefined` where it has no start, or is over without telling its end. */
export const tookMs = (
  span: {readonly startedAt: Instant | undefined; readonly endedAt: Instant | undefined},
  {isOver, now}: KnownRun,
): number | undefined => (isOver && span.endedAt === undefined ? undefined : elapsedMs(span, now));

/** How long the run took, or has taken so far, in milliseconds. */
export const runTookMs = (known: KnownRun): number | undefined =>
  tookMs({startedAt: known.run.startedAt, endedAt: endedAtOf(known)}, known);
