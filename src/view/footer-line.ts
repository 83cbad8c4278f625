import {completionsOf} from '../domain/filter/completion.js';
import {cells, tailOf} from '../format/cells.js';
import {ellipsis} from '../format/marks.js';
import {safeText} from '../format/safe-text.js';
import {fieldVocabulary} from '../keymap/field-commands.js';
import {footerEntries, footerGap} from '../keymap/footer.js';
import type {Frame} from '../keymap/frame.js';
import type {Field} from '../store/field.js';
import type {State} from '../store/state.js';
import {joined, type Pieces, piece, spread, widthOf} from './pieces.js';

/** What can be pressed now; for a while, a notice in its place; beside it the line of text that is being typed. */
export const footerLine = (state: State, frame: Frame, width: number): Pieces => {
  if (state.notice !== undefined) {
    const tone = state.notice.tone === 'problem' ? 'warning' : 'strong';
    return [piece(safeText(state.notice.text, {maxCells: width}), tone)];
  }

  if (state.field === undefined) {
    return keyPieces(state, frame, width);
  }

  const typed = joined([typedPieces(state.field, width), completionPieces(state)], '  ');
  const keys = keyPieces(state, frame, width - widthOf(typed) - footerGap);
  return spread(typed, keys, width);
};

const keyPieces = (state: State, frame: Frame, width: number): Pieces =>
  joined(
    footerEntries(state, frame, width).map(({keys, word}) => [piece(keys, 'accent'), piece(` ${word}`, 'dim')]),
    ' '.repeat(footerGap),
  );

/** So many of what the word may become are named. */
const mostCompletions = 5;

const completionPieces = (state: State): Pieces => {
  const vocabulary = fieldVocabulary(state);
  const ways = vocabulary === undefined ? [] : completionsOf(state.field?.text ?? '', vocabulary);
  const shown = ways.slice(0, mostCompletions).map(way => safeText(way, {maxCells: 24}));
  const isOnlyItself = ways.length === 1 && state.field?.text.endsWith(ways[0] ?? '') === true;
  const words = shown.length < ways.length ? [...shown, ellipsis] : shown;
  return words.length === 0 || isOnlyItself ? [] : [piece(words.join(' '), 'dim')];
};

/** The end of it where it is too long: there the next character goes. */
const typedPieces = ({text, purpose}: Field, width: number): Pieces => {
  const safe = safeText(text);
  const sign = purpose === 'file' ? 'save as ' : '/';
  const room = Math.max(1, width - sign.length - 1);
  const shown = cells(safe) <= room ? safe : tailOf(safe, room);
  return [piece(sign, 'accent'), piece(shown, 'strong'), piece('_', 'accent')];
};
