import {completionsOf} from '../domain/filter/completion.js';
import {cells, tailOf} from '../format/cells.js';
import {ellipsis} from '../format/marks.js';
import {formatCount} from '../format/number.js';
import {safeText} from '../format/safe-text.js';
import {placeOf} from '../keymap/command.js';
import {fieldVocabulary} from '../keymap/field-commands.js';
import {footerEntries, footerGap} from '../keymap/footer.js';
import type {Frame} from '../keymap/frame.js';
import type {Field, FieldPurpose} from '../store/field.js';
import type {State} from '../store/state.js';
import type {Watch} from '../store/watch.js';
import {arrangementPieces, shownPieces} from './list/arrangement-pieces.js';
import {joined, type Pieces, piece, spread, widthOf} from './pieces.js';

/** What can be pressed now; for a while, a notice in its place; before it the line of text that is being typed. */
export const footerLine = (state: State, frame: Frame, width: number): Pieces => {
  const {field, notice} = state;
  if (notice !== undefined) {
    const typed = field === undefined ? [] : typedPieces(field, width - cells(notice.text) - footerGap);
    const tone = notice.tone === 'problem' ? 'warning' : 'strong';
    return joined([typed, [piece(safeText(notice.text, {maxCells: width}), tone)]], ' '.repeat(footerGap));
  }

  const start = field === undefined ? arrangedPieces(state) : fieldPieces(state, field, width);
  if (start.length === 0) {
    return keyPieces(state, frame, width);
  }

  const keys = keyPieces(state, frame, width - widthOf(start) - footerGap);
  return state.field === undefined ? joined([start, keys], ' '.repeat(footerGap)) : spread(start, keys, width);
};

/** What is not simply all of the list of steps is said where keys are looked for: there it is on a screen of any size. */
const arrangedPieces = (state: State): Pieces =>
  state.watch !== undefined && placeOf(state) === 'list' ? arrangementPieces(state.watch) : [];

const fieldPieces = (state: State, field: Field, width: number): Pieces => {
  const typed = typedPieces(field, width);
  const count = state.watch === undefined ? [] : countPieces(state.watch, field);
  return joined([typed, count, completionPieces(state)], '  ');
};

/** What the line that is typed has found so far. */
const countPieces = (watch: Watch, {purpose}: Field): Pieces => {
  switch (purpose) {
    case 'steps':
      return shownPieces(watch);

    case 'place':
      return [piece(`of ${formatCount(watch.table.structure.length)}`, 'dim')];

    default:
      return [];
  }
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

const signs: Readonly<Partial<Record<FieldPurpose, string>>> = {file: 'save as ', place: 'step '};

/** The end of it where it is too long: there the next character goes. */
const typedPieces = ({text, purpose}: Field, width: number): Pieces => {
  const safe = safeText(text);
  const sign = signs[purpose] ?? '/';
  const room = Math.max(1, width - sign.length - 1);
  const shown = cells(safe) <= room ? safe : ellipsis + tailOf(safe, room - 1);
  return [piece(sign, 'accent'), piece(shown, 'strong'), piece('_', 'accent')];
};
