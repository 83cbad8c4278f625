import {safeText} from '../format/safe-text.js';
import {footerEntries, footerGap} from '../keymap/footer.js';
import type {Frame} from '../keymap/frame.js';
import type {State} from '../store/state.js';
import {joined, type Pieces, piece} from './pieces.js';

/** What can be pressed now; for a while, a notice in its place. */
export const footerLine = (state: State, frame: Frame, width: number): Pieces => {
  if (state.notice !== undefined) {
    const tone = state.notice.tone === 'problem' ? 'warning' : 'strong';
    return [piece(safeText(state.notice.text, {maxCells: width}), tone)];
  }

  return joined(
    footerEntries(state, frame, width).map(({keys, word}) => [piece(keys, 'accent'), piece(` ${word}`, 'dim')]),
    ' '.repeat(footerGap),
  );
};
