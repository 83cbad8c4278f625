import type {RunId} from '../../domain/ids.js';
import type {CopyText} from '../../domain/mark.js';

/** Where the reader is. Help, and what is to be chosen, lie over the screen they were called from. */
export type Screen =
  | {readonly name: 'run'}
  | {readonly name: 'runs'}
  /** Runs side by side, over the list they were marked in. */
  | {
      readonly name: 'comparing';
      readonly runIds: readonly RunId[];
      /** Lines scrolled away, and runs to the left of the first that is seen. */
      readonly top: number;
      readonly left: number;
    }
  | {readonly name: 'help'; readonly under: Screen; readonly top: number}
  | {
      readonly name: 'copying';
      readonly under: Screen;
      readonly title: string;
      readonly choices: readonly CopyText[];
      /** Place among the choices. */
      readonly selected: number;
    }
  /** Another project, or another server. */
  | {readonly name: 'choosing'; readonly under: Screen; readonly what: 'project' | 'server'; readonly selected: number};

/** The screen that others lie over: what it shows is what must be fresh. */
export const getBaseScreen = (screen: Screen): Extract<Screen, {readonly name: 'run' | 'runs' | 'comparing'}> =>
  'under' in screen ? getBaseScreen(screen.under) : screen;
