import {decodeEntity} from '../api/decode/entity.js';
import {decodeCount, decodeRecord, decodeWord, type Wire} from '../api/decode/wire.js';
import type {Instant} from '../domain/instant.js';
import {createEntityHistory, type EntityHistory} from './entity-history.js';
import type {RecordedRow} from './list-filter.js';

/** Every step run of a recording, through its time. */
export type RecordedSteps = {
  /** `runId` where the question told it. */
  readonly add: (step: Wire, runId: string | undefined, heardAt: Instant) => void;
  readonly byId: (id: string, now: Instant) => RecordedRow | undefined;
  /** Of one run, or of all; in the order in which they were first told. */
  readonly rows: (runId: string | undefined, now: Instant) => readonly RecordedRow[];
  /** The latest attempt of a step at an instant, and whether the recording has any of that name. */
  readonly latest: (
    runId: string,
    name: string,
    now: Instant,
  ) => {readonly isKnown: boolean; readonly row: Wire | undefined};
};

type RecordedStepEntry = {
  readonly number: number;
  readonly history: EntityHistory;
  runId: string | undefined;
  /** All attempts of the same step, this one among them. */
  siblings: RecordedStepEntry[];
};

const decodeStepRunId = (step: Wire): string | undefined => {
  const {metadata, body} = decodeEntity(step);
  return decodeWord(metadata['pipeline_run_id']) ?? decodeWord(body['pipeline_run_id']);
};

/** The next attempt makes `retried` of all before it, without a new `updated`: it need not have been told. */
const markRetried = (row: Wire): Wire => ({...row, body: {...decodeRecord(row['body']), status: 'retried'}});

const getStepKey = (runId: string, name: string): string => `${runId} ${name}`;

export const createRecordedSteps = (skewMs: number): RecordedSteps => {
  const entriesById = new Map<string, RecordedStepEntry>();
  const entriesByRun = new Map<string, RecordedStepEntry[]>();
  const entriesByStep = new Map<string, RecordedStepEntry[]>();

  const place = (entry: RecordedStepEntry, runId: string, name: string): void => {
    entry.runId = runId;
    const ofRun = entriesByRun.get(runId) ?? [];
    ofRun.push(entry);
    entriesByRun.set(runId, ofRun);
    const key = getStepKey(runId, name);
    entry.siblings = entriesByStep.get(key) ?? [];
    entry.siblings.push(entry);
    entriesByStep.set(key, entry.siblings);
  };

  const isSuperseded = (entry: RecordedStepEntry, now: Instant): boolean =>
    entry.siblings.some(other => other.number > entry.number && other.history.at(now) !== undefined);

  const rowOf = (entry: RecordedStepEntry, now: Instant): RecordedRow | undefined => {
    const plain = entry.history.at(now);
    if (plain === undefined) {
      return undefined;
    }

    const settled = isSuperseded(entry, now) ? markRetried : (row: Wire) => row;
    return {plain: settled(plain), hydrated: () => settled(entry.history.hydratedAt(now) ?? plain)};
  };

  return {
    add: (step, asked, heardAt) => {
      const id = decodeWord(step['id']);
      if (id === undefined) {
        return;
      }

      const known = entriesById.get(id);
      const entry = known ?? {
        number: decodeCount(decodeRecord(step['body'])['version']) ?? 1,
        history: createEntityHistory(skewMs),
        runId: undefined,
        siblings: [],
      };
      entriesById.set(id, entry);
      entry.history.add(step, heardAt);
      const runId = asked ?? decodeStepRunId(step);
      if (entry.runId === undefined && runId !== undefined) {
        place(entry, runId, decodeWord(step['name']) ?? id);
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
      const entries = entriesByStep.get(getStepKey(runId, name)) ?? [];
      const visible = entries.filter(({history}) => history.at(now) !== undefined);
      const newest = visible.reduce<RecordedStepEntry | undefined>(
        (best, entry) => (best === undefined || entry.number > best.number ? entry : best),
        undefined,
      );
      return {isKnown: entries.length > 0, row: newest?.history.at(now)};
    },
  };
};
