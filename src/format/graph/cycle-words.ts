import {formatCount} from '../number.js';

/** `1 edge closes a cycle and is not drawn`. */
export const formatCycle = (count: number): string =>
  count === 1
    ? '1 edge closes a cycle and is not drawn'
    : `${formatCount(count)} edges close a cycle and are not drawn`;
