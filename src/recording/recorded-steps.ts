import {entityOf} from '../api/decode/entity.js';
import {count, record, type Wire, word} from '../api/decode/wire.js';
import type {Instant} from '../domain/instant.js';
import {createEntityHistory, type EntityHistory} from './entity-history.js';
import type {Row} from './list-filter.js';

/** Every step run of a recording, through its time. */
export type RecordedSteps = {
  /** `runId` where the question told it. */
  readonly add: (step: Wire, runId: string | undefined, heardAt: Instant) => void;
  readonly byId: (id: string, now: Instant) => Row | undefined;
  /** Of one run, or of all; in the order in which they were first told. */
  readonly rows: (runId: string | undefined, now: Instant) => readonly Row[];
  /** The latest attempt of a step at an instant, and whether the recording has any of that name. */
  readonly latest: (
    runId: string,
    name: string,
    now: Instant,
  ) => {readonly isKnown: boolean; readonly row: Wire | undefined};
};

type Entry = {
  readonly number: number;
  readonly history: EntityHistory;
  runId: string | undefined;
  /** All attempts of the same step, this one among them. */
  siblings: Entry[];
};

const runIdIn = (step: Wire): string | undefined => {
  const {metadata, body} = entityOf(step);
  return word(metadata['pipeline_run_id']) ?? word(body['pipeline_run_id']);
};

/** The next attempt makes `retried` of all before it, without a new `updated`: it need not have been told. */
const asRetried = (row: Wire): Wire => ({...row, body: {...record(row['body']), status: 'retried'}});

const keyOf = (runId: string, name: string): string => `${runId} ${name}`;

export const createRecordedSteps = (skewMs: number): RecordedSteps => {
  const entriesById = new Map<string, Entry>();
  const entriesByRun = new Map<string, Entry[]>();
  const entriesByStep = new Map<string, Entry[]>();

  const place = (entry: Entry, runId: string, name: string): void => {
    entry.runId = runId;
    const ofRun = entriesByRun.get(runId) ?? [];
    ofRun.push(entry);
    entriesByRun.set(runId, ofRun);
    const key = keyOf(runId, name);
    entry.siblings = entriesByStep.get(key) ?? [];
    entry.siblings.push(entry);
    entriesByStep.set(key, entry.siblings);
  };

  const isSuperseded = (entry: Entry, now: Instant): boolean =>
    entry.siblings.some(other => other.number > entry.number && other.history.at(now) !== undefined);

  const rowOf = (entry: Entry, now: Instant): Row | undefined => {
    const plain = entry.history.at(now);
    if (plain === undefined) {
      return undefined;
    }

    const settled = isSuperseded(entry, now) ? asRetried : (row: Wire) => row;
    return {plain: settled(plain), hydrated: () => settled(entry.history.hydratedAt(now) ?? plain)};
  };

  return {
    add: (step, asked, heardAt) => {
      const id = word(step['id']);
      if (id === undefined) {
        return;
      }

      const known = entriesById.get(id);
      const entry = known ?? {
        number: count(record(step['body'])['version']) ?? 1,
        history: createEntityHistory(skewMs),
        runId: undefined,
        siblings: [],
      };
      entriesById.set(id, entry);
      entry.history.add(step, heardAt);
      const runId = asked ?? runIdIn(step);
      if (entry.runId === undefined && runId !== undefined) {
        place(entry, runId, word(step['name']) ?? id);
      }
    },
    byId: (id, now) => {
      const entry = entriesById.get(id);
      return entry && rowOf(entry, now);
    },
    rows: (runId, now) =>
      (runId === undefined ? [...entriesById.values()] : (entriesByRun.get(runId) ?? [])).flatMap(
        entry => rowOf(entry, now) ?? [],
      ),
    latest: (runId, name, now) => {
      const entries = entriesByStep.get(keyOf(runId, name)) ?? [];
      const visible = entries.filter(({history}) => history.at(now) !== undefined);
      const newest = visible.reduce<Entry | undefined>(
        (best, entry) => (best === undefined || entry.number > best.number ? entry : best),
        undefined,
      );
      return {isKnown: entries.length > 0, row: newest?.history.at(now)};
    },
  };
};
