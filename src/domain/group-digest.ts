import type {Instant} from './instant.js';
import {laterOf} from './instant.js';
import {remembered} from './remembered.js';
import {isFinished, phaseOf} from './status.js';
import {latestAttempt, type Step} from './step.js';
import {chunkSize, type StepTable} from './step-table.js';

/** A step of a group, by its place in the table, and how long its latest attempt took, in milliseconds. */
export type Taken = {readonly place: number; readonly ms: number};

/** What is to be known of the steps of a group, however many they are. Places are those in the table. */
export type GroupDigest = {
  readonly failed: readonly number[];
  readonly active: readonly number[];
  /** The ended ones that took longest, the longest first; cached and skipped ones took no time. */
  readonly slowest: readonly Taken[];
  /** When the first of them started, and when the last that has ended did. */
  readonly startedAt: Instant | undefined;
  readonly endedAt: Instant | undefined;
};

/** So many of the slowest are kept. */
export const slowestKept = 5;

export const emptyDigest: GroupDigest = {
  failed: [],
  active: [],
  slowest: [],
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
  const hasWorked = isFinished(status) && status !== 'cached' && status !== 'skipped';
  return {
    failed: phase === 'failed' ? here : [],
    active: phase === 'active' ? here : [],
    slowest: hasWorked && startedAt !== undefined && endedAt !== undefined ? [{place: 0, ms: endedAt - startedAt}] : [],
    startedAt: step.attempts[0]?.startedAt,
    endedAt,
  };
};

type Draft = {failed: number[]; active: number[]; slowest: Taken[]} & {
  -readonly [Key in 'startedAt' | 'endedAt']: GroupDigest[Key];
};

const newDraft = (): Draft => ({failed: [], active: [], slowest: [], startedAt: undefined, endedAt: undefined});

/** Adds to a draft what is known of other steps, whose places count from `from`. */
const add = (draft: Draft, digest: GroupDigest, from: number): void => {
  draft.failed.push(...digest.failed.map(place => from + place));
  draft.active.push(...digest.active.map(place => from + place));
  draft.startedAt = earlierOf(draft.startedAt, digest.startedAt);
  draft.endedAt = laterOf(draft.endedAt, digest.endedAt);
  if (digest.slowest.length > 0) {
    draft.slowest = [...draft.slowest, ...digest.slowest.map(({place, ms}) => ({place: from + place, ms}))]
      .sort((one, other) => other.ms - one.ms)
      .slice(0, slowestKept);
  }
};

const earlierOf = (one: Instant | undefined, other: Instant | undefined): Instant | undefined =>
  one === undefined || other === undefined ? (one ?? other) : Math.min(one, other);
