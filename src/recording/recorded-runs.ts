import {decodeWord, type Wire} from '../api/decode/wire.js';
import type {Instant} from '../domain/instant.js';
import {createEntityHistory, type EntityHistory} from './entity-history.js';
import type {RecordedRow} from './list-filter.js';

/** All runs in a recording, over time. */
export type RecordedRuns = {
  readonly add: (run: Wire, receivedAt: Instant) => void;
  readonly findById: (id: string, now: Instant) => RecordedRow | undefined;
  readonly getRows: (now: Instant) => readonly RecordedRow[];
  /** When a run was first received. */
  readonly findFirstSeenAt: (id: string) => Instant | undefined;
};

type RecordedRunEntry = {readonly firstSeenAt: Instant; readonly history: EntityHistory};

export const createRecordedRuns = (skewMs: number): RecordedRuns => {
  const entriesById = new Map<string, RecordedRunEntry>();
  const buildRow = ({history}: RecordedRunEntry, now: Instant): RecordedRow | undefined => {
    const plain = history.findAt(now);
    return plain && {plain, getHydrated: () => history.findHydratedAt(now) ?? plain};
  };

  return {
    add: (run, receivedAt) => {
      const id = decodeWord(run['id']);
      if (id === undefined) {
        return;
      }

      const entry = entriesById.get(id) ?? {firstSeenAt: receivedAt, history: createEntityHistory(skewMs)};
      entriesById.set(id, entry);
      entry.history.add(run, receivedAt);
    },
    findById: (id, now) => {
      const entry = entriesById.get(id);
      return entry && buildRow(entry, now);
    },
    getRows: now => [...entriesById.values()].flatMap(entry => buildRow(entry, now) ?? []),
    findFirstSeenAt: id => entriesById.get(id)?.firstSeenAt,
  };
};
