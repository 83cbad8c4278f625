import type {Step} from '../../domain/step.js';
import type {Content} from '../../format/detail/content.js';
import type {UtcOffset} from '../../format/time.js';
import type {OpenRun} from '../../store/run/open-run.js';
import {getPaneKey} from '../../store/selectors.js';
import type {State} from '../../store/state.js';

/** The size of a tab in cells, and how to fill it. */
export type TabShape = {
  readonly width: number;
  readonly height: number;
  /** Whether blank lines are left out. */
  readonly isDense: boolean;
  readonly getUtcOffset: UtcOffset;
};

/** Renders a tab for a step. The state determines which attempt is shown (`selectShownAttempt`). */
export type TabRenderer = (state: State, openRun: OpenRun, step: Step, shape: TabShape) => Content;

/** Whether the user has toggled a section of the open tab from its initial state. */
export const isSectionToggled = (openRun: OpenRun, section: string): boolean =>
  openRun.pane.toggledSections.has(`${getPaneKey(openRun)} ${section}`);
