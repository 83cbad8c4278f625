import {decodeWord, type Wire} from '../api/decode/wire.js';
import type {Instant} from '../domain/instant.js';
import {createEntityHistory, type EntityHistory} from './entity-history.js';
import type {RecordedRow} from './list-filter.js';

/** Every run that a recording has seen, through its time. */
export type RecordedRuns = {
  readonly add: (run: Wire, heardAt: Instant) => void;
  readonly byId: (id: string, now: Instant) => RecordedRow | undefined;
  readonly rows: (now: Instant) => readonly RecordedRow[];
  /** When a run was first told. */
  readonly seenAt: (id: string) => Instant | undefined;
};

type RecordedRunEntry = {readonly seenAt: Instant; readonly history: EntityHistory};

export const createRecordedRuns = (skewMs: number): RecordedRuns => {
  const entriesById = new Map<string, RecordedRunEntry>();
  const rowOf = ({history}: RecordedRunEntry, now: Instant): RecordedRow | undefined => {
    const plain = history.at(now);
    return plain && {plain, hydrated: () => history.hydratedAt(now) ?? plain};
  };

  return {
    add: (run, heardAt) => {
      const id = decodeWord(run['id']);
      if (id === undefined) {
        return;
      }

      const entry = entriesById.get(id) ?? {seenAt: heardAt, history: createEntityHistory(skewMs)};
      entriesById.set(id, entry);
      entry.history.add(run, heardAt);
    },
    byId: (id, now) => {
      const entry = entriesById.get(id);
      return entry && rowOf(entry, now);
    },
    rows: now => [...entriesById.values()].flatMap(entry => rowOf(entry, now) ?? []),
    seenAt: id => entriesById.get(id)?.seenAt,
  };
};
