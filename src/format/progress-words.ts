import type {StepProgress} from '../domain/progress.js';
import {formatCount} from './number.js';
import {sanitizeToWidth} from './sanitize-to-width.js';

const maxNameCells = 20;

/** `epoch 7/20 loss 0.213`, or `45%` if nothing is counted. */
export const formatProgress = (progress: StepProgress): string => {
  const extras = progress.extras.map(([name, value]) => `${sanitizeToWidth(name, maxNameCells)} ${formatValue(value)}`);
  return [formatShortProgress(progress), ...extras].join(' ');
};

/** Only the progress, without the other numbers of the step: `epoch 7/20`. */
export const formatShortProgress = ({label, count, share}: StepProgress): string =>
  count === undefined
    ? `${Math.floor(share * 100)}%`
    : `${label === undefined ? '' : `${label} `}${formatCount(count.done)}/${formatCount(count.total)}`;

/** Rounds a number that is not whole to four significant digits. */
const formatValue = (value: number): string =>
  Number.isInteger(value) ? formatCount(value) : String(Number(value.toPrecision(4)));
