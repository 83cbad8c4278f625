import {getElapsedMs, getTotalMs, type Instant} from '../domain/instant.js';
import type {Run} from '../domain/run.js';
import {isRowInProgress} from '../domain/run-row.js';
import {buildRunUrl} from '../domain/run-url.js';
import type {ServerInfo} from '../domain/server.js';
import {findListedRunWait} from '../domain/wait-reason.js';
import {buildDocumentRun, type DocumentRun} from './document-run.js';
import {buildDocumentRunWait} from './document-wait.js';
import {formatIsoTime} from './json-values.js';

export type ListedRuns = {
  readonly runs: readonly Run[];
  /** Number of matching runs, listed or not. */
  readonly total: number;
  /** By the server's clock. */
  readonly now: Instant;
  readonly serverUrl: string;
  readonly server: ServerInfo | undefined;
  readonly project: {readonly id: string; readonly name: string | undefined};
};

/** The list of runs for scripts. Public API: fields may be added, but not changed or removed. docs/scripting.md describes it. */
export type RunsDocument = {
  readonly schema: 'zentop-runs/1';
  readonly as_of: string | null;
  readonly server: {readonly url: string; readonly version: string | null};
  readonly project: {readonly id: string; readonly name: string | null};
  readonly total: number;
  readonly runs: readonly (DocumentRun & {readonly created_at: string | null; readonly tags: readonly string[]})[];
};

/** The duration, so far or in total, in milliseconds; `undefined` for a run that is over and has no end time. */
export const getListedDurationMs = (run: Run, now: Instant): number | undefined =>
  isRowInProgress(run) ? getElapsedMs({startedAt: run.startedAt, endedAt: undefined}, now) : getTotalMs(run);

/** The document of `zentop runs --output json`. */
export const buildRunsDocument = ({runs, total, now, serverUrl, server, project}: ListedRuns): RunsDocument => ({
  schema: 'zentop-runs/1',
  as_of: formatIsoTime(now),
  server: {url: serverUrl, version: server?.version ?? null},
  project: {id: project.id, name: project.name ?? null},
  total,
  runs: runs.map(run => ({
    ...buildDocumentRun(run, {
      isOver: !isRowInProgress(run),
      endedAt: isRowInProgress(run) ? undefined : run.endedAt,
      tookMs: getListedDurationMs(run, now),
      url: buildRunUrl({run, server, serverUrl, projectName: project.name}),
      exception: run.exception,
      wait: buildDocumentRunWait(findListedRunWait(run)),
    }),
    created_at: formatIsoTime(run.createdAt),
    tags: run.tags,
  })),
});
