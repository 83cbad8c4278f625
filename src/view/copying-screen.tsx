import {cells, padEnd} from '../format/cells.js';
import {safeLines, safeText} from '../format/safe-text.js';
import type {UtcOffset} from '../format/time.js';
import {wrap} from '../format/wrap.js';
import type {Screen} from '../store/screen.js';
import type {State} from '../store/state.js';
import {windowOf} from '../store/window.js';
import type {Theme} from '../theme/theme.js';
import {footerLine} from './footer-line.js';
import {frameOf, helpChrome, innerWidth, lineWidth} from './frame-of.js';
import {Lines} from './lines.js';
import {joined, type Pieces, piece} from './pieces.js';

/*
 *  zentop  copy
 *
 *  › 1  Python that loads it  Client().get_artifact_version("79e8…").load()
 *    2  artifact version id   79e8af2f-4986-4b65-9e1b-b06f3a8f1d1f
 *    …
 *
 *  the chosen text, as much of it as fits
 *
 *  j/k move  enter copy  esc back
 */

type Copying = Extract<Screen, {readonly name: 'copying'}>;

type Props = {
  readonly state: State;
  readonly screen: Copying;
  readonly theme: Theme;
  readonly utcOffset: UtcOffset;
};

const longestName = 24;
const gap = 2;
/** Lines for the chosen text, the blank one above it included, that the list of choices leaves where there is room. */
const leastText = 4;

/** What can be copied, and the text of the chosen one whole, to be read or marked where there is no clipboard. */
export const CopyingScreen = ({state, screen, theme, utcOffset}: Props) => {
  const {columns, rows} = state.size;
  const width = innerWidth(columns);
  const chrome = helpChrome(rows);
  const body = Math.max(0, rows - chrome);
  const listHeight = Math.min(screen.choices.length, body > 2 * leastText ? body - leastText : body);
  const {top, count} = windowOf(screen.selected, 0, screen.choices.length, listHeight);
  const choices = choiceLines(screen, theme).slice(top, top + count);
  const text = textLines(screen, width, Math.max(0, body - count));
  const filling: readonly Pieces[] = Array.from({length: Math.max(0, body - count - text.length)}, () => []);
  const title = joined([[piece('zentop', 'brand')], [piece(screen.title, 'strong')]], '  ');
  const titles = [title, []].slice(0, Math.max(0, chrome - 1));
  const footer = chrome > 0 ? [footerLine(state, frameOf(state, utcOffset), width)] : [];
  const lines = [...titles, ...choices, ...text, ...filling, ...footer];
  return (
    <Lines
      lines={lines.map(line => [piece(' '), ...line])}
      theme={theme}
      width={lineWidth(columns)}
      height={rows}
      selected={titles.length + screen.selected - top}
    />
  );
};

const choiceLines = ({choices, selected}: Copying, theme: Theme): readonly Pieces[] => {
  const names = choices.map(({what}) => safeText(what, {maxCells: longestName}));
  const nameCells = Math.max(0, ...names.map(cells));
  return choices.map(({text}, place) => [
    piece(place === selected ? `${theme.glyph.cursor} ` : '  ', 'accent'),
    piece(padEnd(place < 9 ? String(place + 1) : '', 3), 'accent'),
    piece(padEnd(names[place] ?? '', nameCells + gap)),
    piece(safeText(text), 'dim'),
  ]);
};

const textLines = ({choices, selected}: Copying, width: number, height: number): readonly Pieces[] => {
  const text = safeLines(choices[selected]?.text ?? '')
    .slice(0, height)
    .flatMap(line => wrap(line, width));
  const lines: readonly Pieces[] = [[], ...text.map(line => [piece(line, 'strong')])];
  return lines.slice(0, height);
};
