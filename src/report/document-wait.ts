import {findUserName, type Question} from '../domain/intervention/question.js';
import type {Json} from '../domain/json.js';
import type {RunWait, WaitReason} from '../domain/wait-reason.js';
import {formatIsoTime} from './json-values.js';
import type {KnownRun} from './known-run.js';

/** Why a run or a step is waiting. Public API: fields may be added, but not changed or removed. */
export type DocumentWait = {
  readonly reason: WaitReason['kind'];
  /** The steps that must end first, or whose failure is the reason. */
  readonly steps: readonly string[];
  /** The question that the run asks, or, in the server's own words, why it is queued or paused. */
  readonly detail: string | null;
  readonly since: string | null;
  readonly until: string | null;
};

/** A question of a run, and how it was answered. Public API as well. */
export type DocumentQuestion = {
  readonly name: string;
  readonly question: string | null;
  readonly status: 'pending' | 'resolved';
  readonly asked_at: string | null;
  readonly resolved_at: string | null;
  readonly resolved_by: string | null;
  readonly resolution: string | null;
  readonly result: Json;
};

export const buildDocumentWait = (reason: WaitReason | undefined): DocumentWait | null =>
  reason === undefined
    ? null
    : {
        reason: reason.kind,
        steps: 'steps' in reason ? reason.steps.map(({name}) => name) : [],
        detail: 'text' in reason ? (reason.text ?? null) : null,
        since: 'since' in reason ? formatIsoTime(reason.since) : null,
        until: 'until' in reason ? formatIsoTime(reason.until) : null,
      };

/** Why nothing is running in a run, and the step that this is about, if it is about one. */
export type DocumentRunWait = DocumentWait & {readonly step: string | null};

export const buildDocumentRunWait = (found: RunWait | undefined): DocumentRunWait | null => {
  const wait = buildDocumentWait(found?.reason);
  return wait === null ? null : {step: found?.step?.name ?? null, ...wait};
};

export const buildDocumentQuestion = (question: Question, known: KnownRun): DocumentQuestion => {
  const {name, text, isPending, createdAt, resolvedAt, resolvedById, resolution, result} = question;
  return {
    name,
    question: text ?? null,
    status: isPending ? 'pending' : 'resolved',
    asked_at: formatIsoTime(createdAt),
    resolved_at: formatIsoTime(resolvedAt),
    resolved_by: resolvedById === undefined ? null : (findUserName(known, resolvedById) ?? resolvedById),
    resolution: resolution ?? null,
    result,
  };
};
