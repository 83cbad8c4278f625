import type {Instant} from '../../domain/instant.js';
import type {Line} from '../../format/line.js';
import type {OpenRun} from '../../store/run/open-run.js';
import type {Theme} from '../../theme/theme.js';

/** What the neighbors of a row are drawn from. */
export type NeighborInput = {
  readonly openRun: OpenRun;
  /** By the server's clock. */
  readonly now: Instant;
  readonly theme: Theme;
};

export type PanelInput = NeighborInput & {readonly width: number; readonly height: number; readonly isBeside: boolean};

export type PanelField = {readonly label: string; readonly value: Line};

/** More neighbors than this are only counted. */
export const maxNeighbors = 6;

/** A space at which lines do not break: between the status of a step, its name and its time. */
export const nonBreakingSpace = '\u00a0';
