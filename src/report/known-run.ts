import type {StepDetail} from '../domain/attempt.js';
import type {DagChildRun} from '../domain/dag.js';
import type {StepId} from '../domain/ids.js';
import {getElapsedMs, type Instant} from '../domain/instant.js';
import type {Question} from '../domain/intervention/question.js';
import type {PastRun} from '../domain/past-run.js';
import type {ResourceRequest} from '../domain/resource-request.js';
import type {Run} from '../domain/run.js';
import {getRunEndAt} from '../domain/run-end.js';
import type {StepTable} from '../domain/step-table.js';
import type {WaitFacts} from '../domain/wait-reason.js';
import {selectServerNow} from '../store/selectors.js';
import type {State} from '../store/state.js';

/** A snapshot of everything known about a run. */
export type KnownRun = {
  readonly run: Run;
  readonly table: StepTable;
  readonly detailsById: ReadonlyMap<StepId, StepDetail>;
  readonly childRuns: readonly DagChildRun[];
  /** The details of its wait conditions. */
  readonly questions: readonly Question[];
  /** Completed runs of its pipeline, from which the rest of a live run is estimated. */
  readonly pastRuns: readonly PastRun[];
  /** Names of the users who answered the questions, as far as known. */
  readonly userNamesById: ReadonlyMap<string, string>;
  readonly resourceRequestsById: ReadonlyMap<string, ResourceRequest>;
  /** Nothing more will happen. */
  readonly isOver: boolean;
  /** By the server's clock. */
  readonly now: Instant;
};

/** `undefined` until the run itself is loaded. */
export const selectKnownRun = (state: State): KnownRun | undefined =>
  state.openRun?.run && {
    run: state.openRun.run,
    table: state.openRun.table,
    detailsById: state.openRun.detailsById,
    childRuns: state.openRun.childRuns,
    questions: state.openRun.questions,
    pastRuns: state.openRun.history.pastRuns,
    userNamesById: state.openRun.userNamesById,
    resourceRequestsById: state.openRun.resourceRequestsById,
    isOver: state.openRun.overAt !== undefined,
    now: selectServerNow(state),
  };

/** When the run ended; `undefined` while it is in progress. */
export const getRunEndedAt = ({run, table, isOver}: KnownRun): Instant | undefined =>
  isOver ? getRunEndAt(run, table) : undefined;

/** The duration, so far or in total, in milliseconds; `undefined` without a start, or without an end if the run is over. */
export const getDurationMs = (
  span: {readonly startedAt: Instant | undefined; readonly endedAt: Instant | undefined},
  {isOver, now}: KnownRun,
): number | undefined => (isOver && span.endedAt === undefined ? undefined : getElapsedMs(span, now));

/** The duration of the run, so far or in total, in milliseconds. */
export const getRunDurationMs = (known: KnownRun): number | undefined =>
  getDurationMs({startedAt: known.run.startedAt, endedAt: getRunEndedAt(known)}, known);

/** The facts that explain why the run and its steps are waiting. */
export const getKnownWaitFacts = (known: KnownRun): WaitFacts => ({...known, isRunOver: known.isOver});
