import type {Line} from '../../format/line.js';
import type {UtcOffset} from '../../format/time.js';
import type {State, Watch} from '../../store/state.js';

/** The lines of the open tab for the selected row, `width` cells at most. */
export const paneContent = (_state: State, _watch: Watch, _width: number, _utcOffset: UtcOffset): readonly Line[] => [];
