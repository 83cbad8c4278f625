import type {LogPattern} from '../../domain/log/pattern.js';
import type {UtcOffset} from '../time.js';

/** How lines of a log are to be laid out. */
export type RowShape = {
  /** Cells of a row. */
  readonly width: number;
  /** Long lines go on in the next row; else they are cut, and can be shifted. */
  readonly isWrapped: boolean;
  /** Cells that are shifted out at the left. */
  readonly left: number;
  readonly hasTimes: boolean;
  readonly utcOffset: UtcOffset;
  /** What is searched for, and the number of the line with the hit that the reader is at. */
  readonly pattern: LogPattern | undefined;
  readonly hit: number | undefined;
};
