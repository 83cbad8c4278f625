import type {Instant} from './instant.js';
import {pickLater} from './instant.js';
import {findMapSize} from './map-items.js';
import {memoize} from './memoize.js';
import {getPhase, isFinished, isReused} from './status.js';
import {findLatestAttempt, type Step} from './step.js';
import {type StepTable, stepsPerChunk} from './step-table.js';

/** The index of a step in the table, and when its latest attempt started and ended. */
export type WorkSpan = {readonly index: number; readonly startedAt: Instant; readonly endedAt: Instant | undefined};

/** A summary of a group of steps. Indexes are those in the table. */
export type GroupDigest = {
  readonly failed: readonly number[];
  readonly active: readonly number[];
  /** The ended steps that took longest, longest first, excluding cached and skipped ones. */
  readonly slowest: readonly WorkSpan[];
  /** The active steps that have run longest, longest first. */
  readonly longest: readonly WorkSpan[];
  /** When the first step started, and when the last ended step ended. */
  readonly startedAt: Instant | undefined;
  readonly endedAt: Instant | undefined;
  /** The durations of completed steps in milliseconds, in no particular order. */
  readonly durations: readonly number[];
  /** How many steps a `map` will have, according to the list that its steps read; `undefined` if that is unknown. */
  readonly expectedCount: number | undefined;
};

/** How many steps `slowest` and `longest` contain at most. */
const maxSlowest = 5;

export const emptyDigest: GroupDigest = {
  failed: [],
  active: [],
  slowest: [],
  longest: [],
  startedAt: undefined,
  endedAt: undefined,
  durations: [],
  expectedCount: undefined,
};

type DigestById = ReadonlyMap<string, GroupDigest>;

/** The digests of all groups of a table by ID, merged from those of its chunks. */
const getGroupDigests = memoize(({chunks}: StepTable): DigestById => {
  const draftsById = new Map<string, DigestDraft>();
  for (const [chunkIndex, chunk] of chunks.entries()) {
    for (const [id, digest] of getChunkDigests(chunk)) {
      const draft = draftsById.get(id) ?? createDigestDraft();
      addToDraft(draft, digest, chunkIndex * stepsPerChunk);
      draftsById.set(id, draft);
    }
  }

  return draftsById;
});

/** The digest of a group; `emptyDigest` if the table has no steps of it. */
export const getGroupDigest = (table: StepTable, groupId: string): GroupDigest =>
  getGroupDigests(table).get(groupId) ?? emptyDigest;

/** The digests of the groups with steps in one chunk, by ID; indexes are counted from the start of the chunk. */
const getChunkDigests = memoize((chunk: readonly Step[]): DigestById => {
  const draftsById = new Map<string, DigestDraft>();
  for (const [index, step] of chunk.entries()) {
    if (step.group !== undefined) {
      const draft = draftsById.get(step.group.id) ?? createDigestDraft();
      addToDraft(draft, buildStepDigest(step), index);
      draftsById.set(step.group.id, draft);
    }
  }

  return draftsById;
});

const ownIndex: readonly number[] = [0];

const buildStepDigest = (step: Step): GroupDigest => {
  const attempt = findLatestAttempt(step);
  if (attempt === undefined) {
    return emptyDigest;
  }

  const {status, startedAt, endedAt} = attempt;
  const phase = getPhase(status);
  const isEnded = isFinished(status) && endedAt !== undefined && !isReused(status);
  const spans = startedAt === undefined ? [] : [{index: 0, startedAt, endedAt}];
  return {
    failed: phase === 'failed' ? ownIndex : [],
    active: phase === 'active' ? ownIndex : [],
    slowest: isEnded ? spans : [],
    longest: phase === 'active' ? spans : [],
    startedAt: step.attempts[0]?.startedAt,
    endedAt,
    durations: status === 'completed' && startedAt !== undefined && endedAt !== undefined ? [endedAt - startedAt] : [],
    expectedCount: step.group?.type === 'map' ? findMapSize(attempt) : undefined,
  };
};

type DigestDraft = {
  failed: number[];
  active: number[];
  slowest: readonly WorkSpan[];
  longest: readonly WorkSpan[];
  startedAt: Instant | undefined;
  endedAt: Instant | undefined;
  durations: number[];
  expectedCount: number | undefined;
};

const createDigestDraft = (): DigestDraft => ({...emptyDigest, failed: [], active: [], durations: []});

/** Adds the digest of other steps, whose index 0 is `from` in the draft. */
const addToDraft = (draft: DigestDraft, digest: GroupDigest, from: number): void => {
  for (const index of digest.failed) {
    draft.failed.push(from + index);
  }

  for (const index of digest.active) {
    draft.active.push(from + index);
  }

  for (const duration of digest.durations) {
    draft.durations.push(duration);
  }

  if (digest.expectedCount !== undefined) {
    draft.expectedCount = Math.max(draft.expectedCount ?? 0, digest.expectedCount);
  }

  draft.slowest = mergeSlowest(draft.slowest, digest.slowest, from, one => (one.endedAt ?? 0) - one.startedAt);
  draft.longest = mergeSlowest(draft.longest, digest.longest, from, one => -one.startedAt);
  draft.startedAt = pickEarlier(draft.startedAt, digest.startedAt);
  draft.endedAt = pickLater(draft.endedAt, digest.endedAt);
};

const mergeSlowest = (
  known: readonly WorkSpan[],
  others: readonly WorkSpan[],
  from: number,
  measure: (one: WorkSpan) => number,
): readonly WorkSpan[] =>
  others.length === 0
    ? known
    : [...known, ...others.map(one => ({...one, index: from + one.index}))]
        .sort((one, other) => measure(other) - measure(one))
        .slice(0, maxSlowest);

/** The steps that took or have run longest by `now`, ended or not; longest first. */
export const pickSlowest = ({slowest, longest}: GroupDigest, now: Instant): readonly WorkSpan[] =>
  [...slowest, ...longest]
    .sort((one, other) => (other.endedAt ?? now) - other.startedAt - ((one.endedAt ?? now) - one.startedAt))
    .slice(0, maxSlowest);

const pickEarlier = (one: Instant | undefined, other: Instant | undefined): Instant | undefined =>
  one === undefined || other === undefined ? (one ?? other) : Math.min(one, other);
