import type {RunId} from '../../domain/ids.js';
import type {Intervention} from '../../domain/intervention/intervention.js';
import type {Question} from '../../domain/intervention/question.js';
import type {CopyText} from '../../domain/mark.js';

/** An entry of a menu: a text to copy, or what it opens instead. */
export type MenuEntry = CopyText & {
  readonly opens?: MenuTarget;
  /** What choosing it does, for a menu in which its text alone would say too little. */
  readonly about?: string | undefined;
  /** Why it cannot be chosen. */
  readonly whyNot?: string | undefined;
};

export type MenuTarget =
  | {readonly kind: 'confirmation'; readonly intervention: Intervention}
  | {readonly kind: 'question'; readonly question: Question}
  | {readonly kind: 'tags'};

/** Where the user is. Help and menus are on top of the screen from which they were opened. */
export type Screen =
  | {readonly name: 'run'}
  | {readonly name: 'runs'}
  /** Runs side by side: those marked in the list, or the open run and the last good one. */
  | {
      readonly name: 'comparing';
      readonly runIds: readonly RunId[];
      /** Lines scrolled, and runs to the left of the first visible one. */
      readonly top: number;
      readonly left: number;
      /** Each step of a group has a row of its own. */
      readonly areGroupsOpen?: boolean;
      /** Closing it returns to the open run, not to the list. */
      readonly isOfOpenRun?: boolean;
    }
  | {readonly name: 'help'; readonly under: Screen; readonly top: number}
  /** A menu of texts to copy, or of what can be done to the run. */
  | {
      readonly name: 'menu';
      readonly under: Screen;
      readonly title: string;
      /** As they were when it was opened. */
      readonly entries: readonly MenuEntry[];
      /** The entries are what can be done to the run, and are computed again whenever something changes. */
      readonly isLive: boolean;
      /** Index of the selected entry. */
      readonly selectedIndex: number;
    }
  /** Whether to carry out an intervention; the user types a word if it cannot be undone. */
  | {
      readonly name: 'confirming';
      readonly under: Screen;
      readonly intervention: Intervention;
      readonly typed: string;
    }
  /** The form for the answer to a question. */
  | {
      readonly name: 'answering';
      readonly under: Screen;
      readonly question: Question;
      /** The text of each field, and the field being typed into. */
      readonly texts: readonly string[];
      readonly focus: number;
      readonly problem: string | undefined;
    }
  /** The whole text of a value. */
  | {
      readonly name: 'value';
      readonly under: Screen;
      readonly title: string;
      readonly text: string;
      readonly top: number;
    }
  /** The choice of a project or server. */
  | {
      readonly name: 'choosing';
      readonly under: Screen;
      readonly what: 'project' | 'server';
      readonly selectedIndex: number;
    };

/** The screen below all others: what it shows must be up to date. */
export const getBaseScreen = (screen: Screen): Extract<Screen, {readonly name: 'run' | 'runs' | 'comparing'}> =>
  'under' in screen ? getBaseScreen(screen.under) : screen;
