import {getGroupDigest} from '../../domain/group-digest.js';
import {findLatestAttempt, type Step} from '../../domain/step.js';
import {formatFailureReason} from '../../format/detail/attempt-lines.js';
import type {MarkedLine} from '../../format/detail/content.js';
import {renderDim, renderStrong} from '../../format/line.js';
import {timesSign} from '../../format/marks.js';
import {formatCount} from '../../format/number.js';
import {pluralize} from '../../format/plural.js';
import {formatCommandKey} from '../../keymap/command-key.js';
import type {OpenRun} from '../../store/run/open-run.js';
import {findSteps, type GroupInput, labelLines, renderStep} from './group-steps.js';

const maxShownFailures = 8;

/** The failed steps with their exceptions; exceptions that several steps share are counted above the list. */
export const renderFailedSteps = (input: GroupInput): readonly MarkedLine[] => {
  const {failed} = getGroupDigest(input.openRun.table, input.group.id);
  const steps = findSteps(input, failed);
  const reasons = countFailureReasons(steps, input.openRun);
  const shown = steps.slice(0, maxShownFailures);
  const moreCount = failed.length - shown.length;
  const nextKey = formatCommandKey('failure.next', input.session);
  return labelLines('failed', [
    ...reasons.map(
      ([reason, count]): MarkedLine => ({
        line: [renderStrong(`${formatCount(count)}${timesSign} `), {text: reason, tone: 'bad'}],
      }),
    ),
    ...shown.map(step => renderStep('failed', step, input, findUniqueReason(step, input.openRun, reasons))),
    ...(moreCount > 0
      ? [{line: [renderDim(`and ${pluralize(moreCount, 'more', 'more')} (${nextKey}: go to the next)`)]}]
      : []),
  ]);
};

/** Only the most frequent reasons are shown. */
const maxReasons = 5;

/** Reasons that several steps share, the most frequent first, as far as their details are loaded. */
const countFailureReasons = (
  steps: readonly Step[],
  openRun: OpenRun,
): readonly (readonly [reason: string, count: number])[] => {
  const countsByReason = new Map<string, number>();
  for (const step of steps) {
    const reason = findFailureReason(step, openRun);
    if (reason !== undefined) {
      countsByReason.set(reason, (countsByReason.get(reason) ?? 0) + 1);
    }
  }

  return [...countsByReason]
    .filter(([, count]) => count > 1)
    .sort(([, one], [, other]) => other - one)
    .slice(0, maxReasons);
};

/** A reason that is counted above is not repeated. */
const findUniqueReason = (
  step: Step,
  openRun: OpenRun,
  reasons: ReturnType<typeof countFailureReasons>,
): string | undefined => {
  const reason = findFailureReason(step, openRun);
  return reasons.some(([shared]) => shared === reason) ? undefined : reason;
};

/** Why a step failed; `undefined` unless its details are loaded. */
const findFailureReason = (step: Step, {detailsById}: OpenRun): string | undefined => {
  const attempt = findLatestAttempt(step);
  return attempt && formatFailureReason(detailsById.get(attempt.id)?.exception);
};
