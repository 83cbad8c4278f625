import type {Step} from '../../domain/step.js';
import type {Content} from '../../format/detail/content.js';
import type {UtcOffset} from '../../format/time.js';
import type {OpenRun} from '../../store/run/open-run.js';
import {getPaneKey} from '../../store/selectors.js';
import type {State} from '../../store/state.js';

/** The room a tab has, and how it is to be filled. Cells. */
export type TabShape = {
  readonly width: number;
  readonly height: number;
  readonly isDense: boolean;
  readonly utcOffset: UtcOffset;
};

/** What a tab shows of a step; which attempt of it is the state's to say (`shownAttempt`). */
export type TabRenderer = (state: State, watch: OpenRun, step: Step, shape: TabShape) => Content;

/** Whether the reader has folded or unfolded a section of the open tab, against how it lies at first. */
export const isSectionToggled = (watch: OpenRun, section: string): boolean =>
  watch.pane.unfolded.has(`${getPaneKey(watch)} ${section}`);
