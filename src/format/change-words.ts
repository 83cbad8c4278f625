import {plusMinus} from './marks.js';
import {formatCount} from './number.js';

/** From this percentage on, only the amount is shown: such a percentage means little. */
const maxPercent = 1000;

/**
 * How a number changed: `+0.012 (+5.2%)`, `-3`, `±0`. An amount that is not whole is rounded to three significant digits,
 * because the value is shown next to it.
 */
export const formatChange = (now: number, before: number): string => {
  const difference = now - before;
  if (difference === 0) {
    return `${plusMinus}0`;
  }

  const isWhole = Number.isInteger(now) && Number.isInteger(before);
  const size = Math.abs(difference);
  const amount = `${getSign(difference)}${isWhole ? formatCount(size) : String(Number(size.toPrecision(3)))}`;
  const percent = before === 0 ? Number.POSITIVE_INFINITY : Math.abs((difference / before) * 100);
  return percent >= maxPercent ? amount : `${amount} (${formatPercent(percent, getSign(difference))})`;
};

const getSign = (difference: number): string => (difference < 0 ? '-' : '+');

const formatPercent = (percent: number, sign: string): string =>
  percent < 0.1 ? '<0.1%' : `${sign}${percent < 10 ? Number(percent.toFixed(1)) : Math.round(percent)}%`;
