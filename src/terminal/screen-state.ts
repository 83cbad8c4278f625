/** Which of Ink's own modes are on. Ink turns them on and off; zentop must turn them off when Ink cannot. */
type ScreenState = {readonly isAlternate: boolean; readonly isCursorHidden: boolean};

export const initialScreen: ScreenState = {isAlternate: false, isCursorHidden: false};

const modeChanges = /^(?:\x1b\[\?(?!2026)\d+[hl])+$/;

/** Whether a chunk does nothing but switch modes (other than mode 2026, which wraps a frame). */
export const isModeChange = (chunk: string): boolean => chunk.length < 100 && modeChanges.test(chunk);

/** The state after a chunk of mode changes. */
export const applyModeChange = (state: ScreenState, chunk: string): ScreenState => {
  let {isAlternate, isCursorHidden} = state;
  for (const [, mode, end] of chunk.matchAll(/\x1b\[\?(\d+)([hl])/g)) {
    if (mode === '1049') {
      isAlternate = end === 'h';
    }

    if (mode === '25') {
      isCursorHidden = end === 'l';
    }
  }

  return {isAlternate, isCursorHidden};
};

/** The sequence that switches a normal screen to this state. */
export const encodeEnterState = (state: ScreenState): string =>
  (state.isAlternate ? '\x1b[?1049h' : '') + (state.isCursorHidden ? '\x1b[?25l' : '');

/** The sequence that restores a normal screen from this state; colors are reset in any case. */
export const encodeLeaveState = (state: ScreenState): string =>
  `\x1b[0m${state.isAlternate ? '\x1b[?1049l' : ''}${state.isCursorHidden ? '\x1b[?25h' : ''}`;
