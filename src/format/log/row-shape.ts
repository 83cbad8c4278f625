import type {LogPattern} from '../../domain/log/pattern.js';
import type {UtcOffset} from '../time.js';

/** How log lines are laid out. */
export type RowShape = {
  /** Cells of a row. */
  readonly width: number;
  /** Wrap long lines; otherwise they are cut and can be scrolled. */
  readonly isWrapped: boolean;
  /** Cells scrolled out at the left. */
  readonly left: number;
  readonly hasTimes: boolean;
  readonly utcOffset: UtcOffset;
  /** The search pattern, and the number of the line with the current match. */
  readonly pattern: LogPattern | undefined;
  readonly hit: number | undefined;
};
