import {findLatestAttempt} from '../domain/step.js';
import {iterateSteps, type StepTable} from '../domain/step-table.js';
import {findRunWait} from '../domain/wait-reason.js';
import {buildDocumentPath, type DocumentPath} from './critical-path.js';
import {buildDocumentRun, type DocumentRun} from './document-run.js';
import {buildDocumentStep, type DocumentStep} from './document-step.js';
import {buildDocumentQuestion, buildDocumentRunWait, type DocumentQuestion} from './document-wait.js';
import {findFirstException} from './exceptions.js';
import {formatIsoTime} from './json-values.js';
import {getKnownWaitFacts, getRunDurationMs, getRunEndedAt, type KnownRun} from './known-run.js';

/** The state of a run for scripts. Public API: fields may be added, but not changed or removed. docs/scripting.md describes it. */
export type RunDocument = {
  readonly schema: 'zentop/1';
  readonly as_of: string | null;
  readonly server: {readonly url: string; readonly version: string | null};
  readonly project: {readonly id: string | null; readonly name: string | null};
  readonly run: DocumentRun;
  readonly counts: DocumentCounts;
  readonly steps: readonly DocumentStep[];
  readonly critical_path: DocumentPath | null;
  readonly questions: readonly DocumentQuestion[];
};

type DocumentCounts = {readonly total: number; readonly [status: string]: number};

type DocumentLocation = {
  readonly serverUrl: string;
  readonly serverVersion: string | undefined;
  readonly projectName: string | undefined;
  /** The run's page in the dashboard. */
  readonly url: string | undefined;
};

/** The document of `--once --output json`. `known` needs the details of every attempt, and of the originals of cached steps. */
export const buildDocument = (known: KnownRun, location: DocumentLocation): RunDocument => {
  const {run, table} = known;
  return {
    schema: 'zentop/1',
    as_of: formatIsoTime(known.now),
    server: {url: location.serverUrl, version: location.serverVersion ?? null},
    project: {id: run.projectId ?? null, name: location.projectName ?? null},
    run: buildDocumentRun(run, {
      isOver: known.isOver,
      endedAt: getRunEndedAt(known),
      tookMs: getRunDurationMs(known),
      url: location.url,
      exception: run.exception ?? findFirstException(known),
      wait: buildDocumentRunWait(findRunWait(getKnownWaitFacts(known))),
    }),
    counts: buildDocumentCounts(table),
    steps: Array.from(iterateSteps(table), step => buildDocumentStep(step, known)),
    critical_path: buildDocumentPath(known),
    questions: known.questions.map(question => buildDocumentQuestion(question, known)),
  };
};

/** Counts by the server's words; a step without a step run counts as waiting, even if the run is over. */
export const buildDocumentCounts = (table: StepTable): DocumentCounts => {
  const countsByWord = new Map<string, number>();
  for (const step of iterateSteps(table)) {
    const word = findLatestAttempt(step)?.statusWord ?? 'waiting';
    countsByWord.set(word, (countsByWord.get(word) ?? 0) + 1);
  }

  return {total: table.structure.length, ...Object.fromEntries(countsByWord)};
};
