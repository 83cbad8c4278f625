import {isFinished, isReused} from '../../domain/status.js';
import {formatFailure} from '../failure-words.js';
import {blankLine, cutLine, type Line, renderDim, renderPlain} from '../line.js';
import {renderSaving} from '../timeline/path-words.js';
import {wrapLine} from '../wrap.js';
import {renderInputs, renderOutputs} from './artifact-lines.js';
import {renderAttempt, renderRetryField} from './attempt-lines.js';
import {renderCacheSummary} from './cache-lines.js';
import {renderException} from './exception-lines.js';
import {getValueCells, renderField} from './field.js';
import type {AttemptInput, OverviewInput} from './overview-input.js';
import {renderHooks, renderLogSources, renderOperator, renderSourcePath} from './setup-lines.js';
import {renderHealth, renderTimes, renderUsualTime} from './time-lines.js';
import {renderDoneUpstream, renderUpstream, renderWaiting} from './waiting-lines.js';

/**
 * The Overview tab of a step as lines of at most `width` cells, problems first:
 *
 *     error    ValueError: cannot share 7 among nobody
 *     line 4   return divide(amount, 0)
 *              failure.py:9, in explode
 *     cause    ZeroDivisionError: division by zero
 *     trace    16 lines (collapsed)
 *
 *     started  21:08:33
 *     ended    21:08:36 · took 3s · 8m 31s ago
 *
 *     inputs   dataset  embeddings:17  DataFrame · from embed
 *     outputs  none
 *
 *     retry    up to 3 attempts, delay 10s, then ×2 (10s, 20s)
 *     cache    off · set by the step (enable_cache=False)
 *     operator vertex-gpu · 1×A100 · cpu 8 · mem 64 GB
 */
export const renderOverview = (input: OverviewInput): readonly Line[] => {
  const {attempt} = input;
  if (attempt === undefined) {
    return stackBlocks([[...renderWaiting(input), ...renderUsualTime(input), ...renderDoneUpstream(input)]], input);
  }

  return stackBlocks([renderProblem({...input, attempt}), ...renderBlocks({...input, attempt})], input);
};

/** The number of lines at the top of the overview that describe what went wrong, and appear when a step fails. */
export const countProblemLines = ({attempt, isDense = false, ...input}: OverviewInput): number => {
  const lines = attempt === undefined ? 0 : renderProblem({...input, attempt}).length;
  return lines === 0 || isDense ? lines : lines + 1;
};

const stackBlocks = (
  blocks: readonly (readonly Line[])[],
  {width, isDense = false}: Pick<OverviewInput, 'width' | 'isDense'>,
): readonly Line[] =>
  blocks
    .filter(block => block.length > 0)
    .flatMap((block, index) => (index === 0 || isDense ? block : [blankLine, ...block]))
    .map(line => cutLine(line, width));

/** What the row of the step says comes first, so that nothing moves when the detail arrives. */
const renderBlocks = (input: AttemptInput): readonly (readonly Line[])[] => {
  const artifacts = [...renderUpstream(input), ...renderInputs(input), ...renderOutputs(input)];
  if (isLoading(input)) {
    if (input.attempt.status === 'failed') {
      // The exception will be above everything else, and move it.
      return [];
    }

    const hasArtifacts = input.attempt.inputs !== undefined && !isReused(input.attempt.status);
    return [
      renderTimeLines(input),
      ...(hasArtifacts ? [artifacts] : []),
      input.isDetailDue === false ? [] : [loadingLine],
    ];
  }

  const setup = [...renderHooks(input), ...renderSourcePath(input), ...renderLogSources(input)];
  // For reused outputs, the cache comes first.
  return isReused(input.attempt.status)
    ? [
        [
          ...renderTimeLines(input),
          ...renderCacheSummary(input),
          ...renderRetryField(input),
          ...renderOperatorAndNote(input),
        ],
        artifacts,
        setup,
      ]
    : [
        renderTimeLines(input),
        artifacts,
        [...renderRetryField(input), ...renderCacheSummary(input), ...renderOperatorAndNote(input)],
        setup,
      ];
};

const isLoading = ({detail, detailFailure}: AttemptInput): boolean =>
  detail === undefined && detailFailure === undefined;

const renderTimeLines = (input: AttemptInput): readonly Line[] => [
  ...renderWaiting(input),
  ...renderTimes(input),
  ...renderHealth(input),
  ...renderCriticalField(input),
  ...renderAttempt(input),
];

const renderOperatorAndNote = (input: AttemptInput): readonly Line[] => [
  ...renderOperator(input),
  ...renderDetailNote(input),
];

/** `path     critical: making it instant saves at most 1m 12s (then train_small)`. */
const renderCriticalField = ({saving, width}: AttemptInput): readonly Line[] =>
  saving === undefined
    ? []
    : renderField(
        'path',
        wrapLine(
          [renderPlain('critical'), ...(saving.ms < 1000 ? [] : [renderDim(': '), ...renderSaving(saving)])],
          getValueCells(width),
        ),
      );

/** What went wrong; empty for a failed attempt only until the detail from before its failure has been replaced. */
const renderProblem = (input: AttemptInput): readonly Line[] => {
  const {attempt, detail, detailFailure, width, isExpanded, expandKey} = input;
  if (detail?.exception !== undefined) {
    const {exception, sourceCode} = detail;
    return renderException({exception, sourceCode, width, isExpanded: isExpanded('traceback'), expandKey});
  }

  if (attempt.status !== 'failed') {
    return [];
  }

  if (detail !== undefined && isFinished(detail.attempt.status)) {
    return renderField('error', [[renderDim('no exception recorded; check the log')]]);
  }

  return detail === undefined || detailFailure !== undefined ? renderField('error', [renderDetailState(input)]) : [];
};

/** A failed attempt shows this as its error instead. */
const renderDetailNote = (input: AttemptInput): readonly Line[] =>
  input.detail !== undefined || input.attempt.status === 'failed' ? [] : [renderDetailState(input)];

const loadingLine: Line = [renderDim('loading…')];

/** Whether the detail is still loading, or why it could not be loaded. */
const renderDetailState = ({detailFailure}: AttemptInput): Line =>
  detailFailure === undefined
    ? loadingLine
    : [{text: `could not load: ${formatFailure(detailFailure)}`, tone: 'warning'}];
