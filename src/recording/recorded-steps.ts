import {decodeEntity} from '../api/decode/entity.js';
import {decodeCount, decodeRecord, decodeWord, type Wire} from '../api/decode/wire.js';
import type {Instant} from '../domain/instant.js';
import {createEntityHistory, type EntityHistory} from './entity-history.js';
import type {RecordedRow} from './list-filter.js';

/** All step runs in a recording, over time. */
export type RecordedSteps = {
  /** `runId` is the run that the request named, if it named one. */
  readonly add: (step: Wire, runId: string | undefined, receivedAt: Instant) => void;
  readonly findById: (id: string, now: Instant) => RecordedRow | undefined;
  /** The steps of one run or of all runs, in the order in which they were first received. */
  readonly getRows: (runId: string | undefined, now: Instant) => readonly RecordedRow[];
  /** The latest attempt of a step at an instant, and whether the recording has any attempt of it. */
  readonly findLatest: (
    runId: string,
    name: string,
    now: Instant,
  ) => {readonly isKnown: boolean; readonly row: Wire | undefined};
};

type RecordedStepEntry = {
  /** The number of the attempt. */
  readonly number: number;
  readonly history: EntityHistory;
  runId: string | undefined;
  /** All attempts of the same step, including this one. */
  siblings: RecordedStepEntry[];
};

const decodeStepRunId = (step: Wire): string | undefined => {
  const {metadata, body} = decodeEntity(step);
  return decodeWord(metadata['pipeline_run_id']) ?? decodeWord(body['pipeline_run_id']);
};

/** The server marks previous attempts as `retried` without changing `updated`, so the recording may not have that status. */
const markRetried = (row: Wire): Wire => ({...row, body: {...decodeRecord(row['body']), status: 'retried'}});

const getStepKey = (runId: string, name: string): string => `${runId} ${name}`;

export const createRecordedSteps = (skewMs: number): RecordedSteps => {
  const entriesById = new Map<string, RecordedStepEntry>();
  const entriesByRun = new Map<string, RecordedStepEntry[]>();
  const entriesByStep = new Map<string, RecordedStepEntry[]>();

  const addToRun = (entry: RecordedStepEntry, runId: string, name: string): void => {
    entry.runId = runId;
    const runEntries = entriesByRun.get(runId) ?? [];
    runEntries.push(entry);
    entriesByRun.set(runId, runEntries);
    const key = getStepKey(runId, name);
    entry.siblings = entriesByStep.get(key) ?? [];
    entry.siblings.push(entry);
    entriesByStep.set(key, entry.siblings);
  };

  const isSuperseded = (entry: RecordedStepEntry, now: Instant): boolean =>
    entry.siblings.some(other => other.number > entry.number && other.history.findAt(now) !== undefined);

  const buildRow = (entry: RecordedStepEntry, now: Instant): RecordedRow | undefined => {
    const plain = entry.history.findAt(now);
    if (plain === undefined) {
      return undefined;
    }

    const withStatus = isSuperseded(entry, now) ? markRetried : (row: Wire) => row;
    return {plain: withStatus(plain), getHydrated: () => withStatus(entry.history.findHydratedAt(now) ?? plain)};
  };

  return {
    add: (step, requestedRunId, receivedAt) => {
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
      entry.history.add(step, receivedAt);
      const runId = requestedRunId ?? decodeStepRunId(step);
      if (entry.runId === undefined && runId !== undefined) {
        addToRun(entry, runId, decodeWord(step['name']) ?? id);
      }
    },
    findById: (id, now) => {
      const entry = entriesById.get(id);
      return entry && buildRow(entry, now);
    },
    getRows: (runId, now) =>
      (runId === undefined ? [...entriesById.values()] : (entriesByRun.get(runId) ?? [])).flatMap(
        entry => buildRow(entry, now) ?? [],
      ),
    findLatest: (runId, name, now) => {
      const entries = entriesByStep.get(getStepKey(runId, name)) ?? [];
      const visible = entries.filter(({history}) => history.findAt(now) !== undefined);
      const newest = visible.reduce<RecordedStepEntry | undefined>(
        (best, entry) => (best === undefined || entry.number > best.number ? entry : best),
        undefined,
      );
      return {isKnown: entries.length > 0, row: newest?.history.findAt(now)};
    },
  };
};
