import type {ArtifactVersion} from '../domain/artifact.js';
import {type Attempt, findAttemptNumber, type StepDetail} from '../domain/attempt.js';
import {getCacheSetting} from '../domain/cache/setting.js';
import {getMaxAttempts} from '../domain/retry.js';
import {findLatestAttempt, type Step} from '../domain/step.js';
import {findWaitReason} from '../domain/wait-reason.js';
import {buildDocumentWait, type DocumentWait} from './document-wait.js';
import {buildDocumentException, type DocumentException, findLatestDetail} from './exceptions.js';
import {convertToSeconds, formatIsoTime} from './json-values.js';
import {getDurationMs, getKnownWaitFacts, type KnownRun} from './known-run.js';

type DocumentAttempt = {
  readonly id: string;
  readonly attempt: number | null;
  readonly status: string;
  readonly started_at: string | null;
  readonly ended_at: string | null;
};

type DocumentArtifact = {
  readonly id: string;
  readonly artifact: string;
  readonly version: string;
  /** Import path of the Python type. */
  readonly type: string | null;
  readonly uri: string | null;
};

type DocumentInput = DocumentArtifact & {readonly input_type: string | null};

export type DocumentStep = {
  readonly name: string;
  readonly id: string | null;
  readonly status: string;
  readonly attempt: number | null;
  readonly max_attempts: number | null;
  readonly attempts: readonly DocumentAttempt[];
  readonly started_at: string | null;
  readonly ended_at: string | null;
  readonly duration_s: number | null;
  readonly upstream: readonly string[];
  readonly group: {readonly name: string; readonly type: string} | null;
  readonly inputs: Readonly<Record<string, readonly DocumentInput[]>>;
  readonly outputs: Readonly<Record<string, readonly DocumentArtifact[]>>;
  readonly retry: {readonly max_retries: number; readonly delay: number; readonly backoff: number} | null;
  readonly cache: {
    /** `null` until the step's configuration is loaded. */
    readonly enabled: boolean | null;
    readonly key: string | null;
    readonly from: {readonly step_id: string; readonly run_id: string | null} | null;
  };
  readonly exception: DocumentException | null;
  readonly heartbeat_at: string | null;
  readonly wait: DocumentWait | null;
};

/** A step with the data of its latest attempt; a step without a step run has no ID and is waiting. */
export const buildDocumentStep = (step: Step, known: KnownRun): DocumentStep => {
  const attempt = findLatestAttempt(step);
  const detail = findLatestDetail(step, known);
  const group = detail?.config.group ?? step.group;
  const {inputs, outputs} = buildDocumentArtifacts(attempt, detail);
  return {
    name: step.name,
    id: attempt?.id ?? null,
    status: attempt?.statusWord ?? 'waiting',
    attempt: (attempt && findAttemptNumber(attempt)) ?? null,
    max_attempts: detail === undefined ? null : getMaxAttempts(detail.config.retry),
    attempts: step.attempts.map(buildDocumentAttempt),
    started_at: formatIsoTime(attempt?.startedAt),
    ended_at: formatIsoTime(attempt?.endedAt),
    duration_s: attempt === undefined ? null : convertToSeconds(getDurationMs(attempt, known)),
    upstream: detail?.spec.upstream ?? step.upstream,
    group: group === undefined ? null : {name: group.name, type: group.type},
    inputs: groupByName(inputs, ({artifact, inputType}) => ({
      ...buildDocumentArtifact(artifact),
      input_type: inputType ?? null,
    })),
    outputs: groupByName(outputs, ({artifact}) => buildDocumentArtifact(artifact)),
    retry: buildDocumentRetry(detail),
    cache: buildDocumentCache(detail, known),
    exception: buildDocumentException(detail?.exception),
    heartbeat_at: formatIsoTime(attempt?.heartbeatAt),
    wait: buildDocumentWait(findWaitReason(step, getKnownWaitFacts(known))),
  };
};

const buildDocumentAttempt = (attempt: Attempt): DocumentAttempt => ({
  id: attempt.id,
  attempt: findAttemptNumber(attempt) ?? null,
  status: attempt.statusWord,
  started_at: formatIsoTime(attempt.startedAt),
  ended_at: formatIsoTime(attempt.endedAt),
});

/** The artifacts of the attempt, or of its detail if the attempt is known only from `/dag`, which has none. */
const buildDocumentArtifacts = (attempt: Attempt | undefined, detail: StepDetail | undefined) => ({
  inputs: attempt?.inputs ?? detail?.attempt.inputs ?? [],
  outputs: attempt?.outputs ?? detail?.attempt.outputs ?? [],
});

const buildDocumentArtifact = ({id, artifactName, version, dataType, uri}: ArtifactVersion): DocumentArtifact => ({
  id,
  artifact: artifactName,
  version,
  type: dataType ?? null,
  uri: uri ?? null,
});

/** What `build` makes of each item, listed by the name of the item. Safe for any name, including `__proto__`. */
const groupByName = <T extends {readonly name: string}, P>(
  items: readonly T[],
  build: (item: T) => P,
): Readonly<Record<string, readonly P[]>> => {
  const partsByName = new Map<string, P[]>();
  for (const item of items) {
    const parts = partsByName.get(item.name) ?? [];
    parts.push(build(item));
    partsByName.set(item.name, parts);
  }

  return Object.fromEntries(partsByName);
};

/**
 * Only the step's own configuration counts: since 0.84, ZenML copies a pipeline's retry into each step that has none, and
 * 0.80 ignores it.
 */
const buildDocumentRetry = (detail: StepDetail | undefined): DocumentStep['retry'] => {
  const retry = detail?.config.retry;
  return retry === undefined
    ? null
    : {max_retries: retry.maxRetries, delay: retry.delaySeconds, backoff: retry.backoff};
};

const buildDocumentCache = (detail: StepDetail | undefined, {run, detailsById}: KnownRun): DocumentStep['cache'] => {
  if (detail === undefined) {
    return {enabled: null, key: null, from: null};
  }

  const {originalStepId} = detail;
  return {
    enabled: getCacheSetting(detail, run)?.isEnabled ?? true,
    key: detail.cacheKey ?? null,
    from:
      originalStepId === undefined
        ? null
        : {step_id: originalStepId, run_id: detailsById.get(originalStepId)?.runId ?? null},
  };
};
