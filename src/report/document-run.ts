import type {Exception} from '../domain/exception.js';
import type {Instant} from '../domain/instant.js';
import type {Run} from '../domain/run.js';
import type {DocumentRunWait} from './document-wait.js';
import {buildDocumentException, type DocumentException} from './exceptions.js';
import {convertToSeconds, formatIsoTime} from './json-values.js';

/** A run for scripts. Public API: fields may be added, but not changed or removed. */
export type DocumentRun = {
  readonly id: string;
  readonly name: string;
  readonly pipeline: string | null;
  readonly index: number | null;
  readonly status: string;
  readonly status_reason: string | null;
  readonly in_progress: boolean;
  readonly started_at: string | null;
  readonly ended_at: string | null;
  readonly duration_s: number | null;
  readonly stack: string | null;
  readonly user: string | null;
  readonly url: string | null;
  readonly exception: DocumentException | null;
  readonly wait: DocumentRunWait | null;
};

type DocumentRunFacts = {
  readonly isOver: boolean;
  readonly endedAt: Instant | undefined;
  readonly tookMs: number | undefined;
  readonly url: string | undefined;
  readonly exception: Exception | undefined;
  readonly wait: DocumentRunWait | null;
};

export const buildDocumentRun = (
  run: Run,
  {isOver, endedAt, tookMs, url, exception, wait}: DocumentRunFacts,
): DocumentRun => ({
  id: run.id,
  name: run.name,
  pipeline: run.pipeline?.name ?? null,
  index: run.index ?? null,
  status: run.statusWord,
  status_reason: run.statusReason ?? null,
  in_progress: !isOver,
  started_at: formatIsoTime(run.startedAt),
  ended_at: formatIsoTime(endedAt),
  duration_s: convertToSeconds(tookMs),
  stack: run.stack?.name ?? null,
  user: run.user?.name ?? null,
  url: url ?? null,
  exception: buildDocumentException(exception),
  wait,
});
