import {latestAttempt} from '../domain/step.js';
import {type StepTable, stepsOf} from '../domain/step-table.js';
import {type DocumentRun, runPart} from './document-run.js';
import {type DocumentStep, stepPart} from './document-step.js';
import {firstFailure} from './exceptions.js';
import {isoTime} from './json-values.js';
import {endedAtOf, type KnownRun, runTookMs} from './known-run.js';

/** The state of a run for scripts. Public: fields may come, none changes or goes. README.md describes it. */
export type Document = {
  readonly schema: 'zentop/1';
  readonly as_of: string | null;
  readonly server: {readonly url: string; readonly version: string | null};
  readonly project: {readonly id: string | null; readonly name: string | null};
  readonly run: DocumentRun;
  readonly counts: DocumentCounts;
  readonly steps: readonly DocumentStep[];
};

export type DocumentCounts = {readonly total: number; readonly [status: string]: number};

export type DocumentPlace = {
  readonly serverUrl: string;
  readonly serverVersion: string | undefined;
  readonly projectName: string | undefined;
  /** The run's page in the dashboard. */
  readonly url: string | undefined;
};

/** The document of `--once --output json`; `known.detailsById` holds the page of every attempt, and of cached steps' originals. */
export const documentOf = (known: KnownRun, place: DocumentPlace): Document => {
  const {run, table} = known;
  return {
    schema: 'zentop/1',
    as_of: isoTime(known.now),
    server: {url: place.serverUrl, version: place.serverVersion ?? null},
    project: {id: run.projectId ?? null, name: place.projectName ?? null},
    run: runPart(run, {
      isOver: known.isOver,
      endedAt: endedAtOf(known),
      tookMs: runTookMs(known),
      url: place.url,
      exception: run.exception ?? firstFailure(known),
    }),
    counts: countsPart(table),
    steps: Array.from(stepsOf(table), step => stepPart(step, known)),
  };
};

/** By the server's own words; a step without a step run is waiting, in a run that is over too. */
export const countsPart = (table: StepTable): DocumentCounts => {
  const counts = new Map<string, number>();
  for (const step of stepsOf(table)) {
    const word = latestAttempt(step)?.statusWord ?? 'waiting';
    counts.set(word, (counts.get(word) ?? 0) + 1);
  }

  return {total: table.structure.length, ...Object.fromEntries(counts)};
};
