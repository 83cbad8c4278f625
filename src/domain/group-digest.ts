import type {Instant} from './instant.js';
import {laterOf} from './instant.js';
import {remembered} from './remembered.js';
import {isFinished, phaseOf} from './status.js';
import {latestAttempt, type Step} from './step.js';
import {chunkSize, type StepTable} from './step-table.js';

/** A step of a group by its place in the table, and when its latest attempt started and ended. */
export type Worked = {readonly place: number; readonly startedAt: Instant; readonly endedAt: Instant | undefined};

/** What is to be known of the steps of a group, however many they are. Places are those in the table. */
export type GroupDigest = {
  readonly failed: readonly number[];
  readonly active: readonly number[];
  /** The ended ones that took longest, the longest first; cached and skipped ones took no time. */
  readonly slowest: readonly Worked[];
  /** The active ones that have taken longest, the longest first. */
  readonly longest: readonly Worked[];
  /** When the first of them started, and when the last that has ended did. */
  readonly startedAt: Instant | undefined;
  readonly endedAt: Instant | undefined;
};

/** So many of the slowest are kept. */
const slowestKept = 5;

export const emptyDigest: GroupDigest = {
  failed: [],
  active: [],
  slowest: [],
  longest: [],
  startedAt: undefined,
  endedAt: undefined,
};

type Digests = ReadonlyMap<string, GroupDigest>;

/** Of all groups of a table, by id: put together from those of its chunks. */
export const groupDigests = remembered(({chunks}: StepTable): Digests => {
  const merged = new Map<string, Draft>();
  for (const [at, chunk] of chunks.entries()) {
    for (const [id, digest] of chunkDigests(chunk)) {
      const draft = merged.get(id) ?? newDraft();
      add(draft, digest, at * chunkSize);
      merged.set(id, draft);
    }
  }

  return merged;
});

export const groupDigest = (table: StepTable, groupId: string): GroupDigest =>
  groupDigests(table).get(groupId) ?? emptyDigest;

/** The same of one chunk; places count from its start. */
const chunkDigests = remembered((chunk: readonly Step[]): Digests => {
  const digests = new Map<string, Draft>();
  for (const [place, step] of chunk.entries()) {
    if (step.group !== undefined) {
      const draft = digests.get(step.group.id) ?? newDraft();
      add(draft, digestOf(step), place);
      digests.set(step.group.id, draft);
    }
  }

  return digests;
});

const here: readonly number[] = [0];

const digestOf = (step: Step): GroupDigest => {
  const attempt = latestAttempt(step);
  if (attempt === undefined) {
    return emptyDigest;
  }

  const {status, startedAt, endedAt} = attempt;
  const phase = phaseOf(status);
  const isEnded = isFinished(status) && endedAt !== undefined && status !== 'cached' && status !== 'skipped';
  const worked = startedAt === undefined ? [] : [{place: 0, startedAt, endedAt}];
  return {
    failed: phase === 'failed' ? here : [],
    active: phase === 'active' ? here : [],
    slowest: isEnded ? worked : [],
    longest: phase === 'active' ? worked : [],
    startedAt: step.attempts[0]?.startedAt,
    endedAt,
  };
};

type Draft = {
  failed: number[];
  active: number[];
  slowest: readonly Worked[];
  longest: readonly Worked[];
  startedAt: Instant | undefined;
  endedAt: Instant | undefined;
};

const newDraft = (): Draft => ({...emptyDigest, failed: [], active: []});

/** Adds to a draft what is known of other steps, whose places count from `from`. */
const add = (draft: Draft, digest: GroupDigest, from: number): void => {
  for (const place of digest.failed) {
    draft.failed.push(from + place);
  }

  for (const place of digest.active) {
    draft.active.push(from + place);
  }

  draft.slowest = foremost(draft.slowest, digest.slowest, from, one => (one.endedAt ?? 0) - one.startedAt);
  draft.longest = foremost(draft.longest, digest.longest, from, one => -one.startedAt);
  draft.startedAt = earlierOf(draft.startedAt, digest.startedAt);
  draft.endedAt = laterOf(draft.endedAt, digest.endedAt);
};

const foremost = (
  known: readonly Worked[],
  others: readonly Worked[],
  from: number,
  measure: (one: Worked) => number,
): readonly Worked[] =>
  others.length === 0
    ? known
    : [...known, ...others.map(one => ({...one, place: from + one.place}))]
        .sort((one, other) => measure(other) - measure(one))
        .slice(0, slowestKept);

/** Of those that have ended and those that go on, the ones that took or have taken longest by now, the longest first. */
export const slowestOf = ({slowest, longest}: GroupDigest, now: Instant): readonly Worked[] =>
  [...slowest, ...longest]
    .sort((one, other) => (other.endedAt ?? now) - other.startedAt - ((one.endedAt ?? now) - one.startedAt))
    .slice(0, slowestKept);

const earlierOf = (one: Instant | undefined, other: Instant | undefined): Instant | undefined =>
  one === undefined || other === undefined ? (one ?? other) : Math.min(one, other);
