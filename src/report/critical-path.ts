import {buildRunPath, findLargestSaving} from '../domain/timeline/run-path.js';
import {type Line, renderDim} from '../format/line.js';
import {formatPathLabel, renderPath, renderPathSums, renderStepSaving} from '../format/timeline/path-words.js';
import {convertToSeconds, formatIsoTime} from './json-values.js';
import type {KnownRun} from './known-run.js';

/**
 * The critical path of a run. The segments follow each other without gaps, and their durations add up to `elapsed_s`. A kind is
 * `startup`, `work`, `failed` (an attempt that was retried), `pause` (between attempts), `wait` or `tail`. A group of mapped steps,
 * a child run or a question counts as one step.
 */
export type DocumentPath = {
  readonly elapsed_s: number | null;
  readonly steps: readonly string[];
  /** Steps that have not started, in which the path is expected to continue. */
  readonly expected_steps: readonly string[];
  readonly segments: readonly {
    readonly kind: string;
    readonly step: string | null;
    readonly started_at: string | null;
    readonly ended_at: string | null;
    readonly duration_s: number | null;
  }[];
};

/** `null` until a step has started. */
export const buildDocumentPath = (known: KnownRun): DocumentPath | null => {
  const path = buildRunPath(known)?.path;
  return path === undefined
    ? null
    : {
        elapsed_s: convertToSeconds(path.elapsedMs),
        steps: path.steps,
        expected_steps: path.expectedSteps,
        segments: path.segments.map(({kind, step, startedAt, endedAt}) => ({
          kind,
          step: step ?? null,
          started_at: formatIsoTime(startedAt),
          ended_at: formatIsoTime(endedAt),
          duration_s: convertToSeconds(endedAt - startedAt),
        })),
      };
};

/** The path, where its time went, and which step would save the most; nothing for a path of fewer than two steps. */
export const renderCriticalPath = (known: KnownRun): readonly Line[] => {
  const found = buildRunPath(known);
  const path = found?.path;
  if (found === undefined || path === undefined || path.steps.length < 2) {
    return [];
  }

  const best = findLargestSaving(found);
  return [
    [renderDim(`${formatPathLabel(found)}: `), ...renderPath(path, true)],
    [renderDim('  '), ...renderPathSums(path)],
    ...(best === undefined ? [] : [[renderDim('  '), ...renderStepSaving(best.step, best)]]),
  ].filter(line => line.length > 1);
};
