import {countCells, padEnd} from '../format/cells.js';
import {createSegment, joinLines, type Line} from '../format/line.js';
import {sanitizeLines, sanitizeText} from '../format/safe-text.js';
import {sanitizeToWidth} from '../format/sanitize-to-width.js';
import type {UtcOffset} from '../format/time.js';
import {wrapLine, wrapText} from '../format/wrap.js';
import {selectMenuEntries, selectMenuIndex} from '../keymap/intervention-menu.js';
import type {State} from '../store/state.js';
import type {MenuEntry, Screen} from '../store/ui/screen.js';
import {getVisibleRange} from '../store/ui/visible-range.js';
import type {Theme} from '../theme/theme.js';
import {renderFooter} from './footer-line.js';
import {createFrame, getInnerWidth, getLineWidth, getTextChromeHeight, withMargin} from './frame.js';
import {Lines} from './lines.js';

/*
 *  zentop  copy
 *
 *  › 1  Python code to load it  Client().get_artifact_version("79e8…").load()
 *    2  artifact version ID     79e8af2f-4986-4b65-9e1b-b06f3a8f1d1f
 *    …
 *
 *  the selected text, as much of it as fits
 *
 *  j/k move  enter copy  esc back
 */

type MenuScreenState = Extract<Screen, {readonly name: 'menu'}>;

type Props = {
  readonly state: State;
  readonly screen: MenuScreenState;
  readonly theme: Theme;
  readonly getUtcOffset: UtcOffset;
};

const maxNameCells = 24;
const gap = 2;
/** Lines that the list of entries leaves for the selected text, including a blank one above it, if there is room. */
const minTextLines = 4;

/** The entries of a menu, and below them as much of the selected text as fits, to be selected by hand if there is no clipboard. */
export const MenuScreen = ({state, screen, theme, getUtcOffset}: Props) => {
  const {columns, rows} = state.size;
  const width = getInnerWidth(columns);
  const entries = selectMenuEntries(state);
  const selected = selectMenuIndex(state);
  const chrome = getTextChromeHeight(rows);
  const title = renderTitle(screen, width);
  const titles = chrome > 2 ? title : title.slice(0, Math.max(0, chrome - 1));
  const body = Math.max(0, rows - titles.length - (chrome > 0 ? 1 : 0));
  const listHeight = Math.min(entries.length, body > 2 * minTextLines ? body - minTextLines : body);
  const {top, count} = getVisibleRange(selected, 0, entries.length, listHeight);
  const entryLines = renderEntries(entries, selected, theme).slice(top, top + count);
  const text = renderText(entries[selected], width, Math.max(0, body - count));
  const filling: readonly Line[] = Array.from({length: Math.max(0, body - count - text.length)}, () => []);
  const footer = chrome > 0 ? [renderFooter(state, createFrame(state, getUtcOffset), width)] : [];
  const lines = [...titles, ...entryLines, ...text, ...filling, ...footer];
  return (
    <Lines
      lines={lines.map(withMargin)}
      theme={theme}
      width={getLineWidth(columns)}
      height={rows}
      selected={titles.length + selected - top}
    />
  );
};

/** A title may be a sentence that says why these commands are shown. */
const renderTitle = ({title}: MenuScreenState, width: number): readonly Line[] => [
  ...wrapLine(
    joinLines([[createSegment('zentop', 'brand')], [createSegment(sanitizeText(title), 'strong')]], '  '),
    width,
  ),
  [],
];

const renderEntries = (entries: readonly MenuEntry[], selected: number, theme: Theme): readonly Line[] => {
  const names = entries.map(({what}) => sanitizeToWidth(what, maxNameCells));
  const nameCells = Math.max(0, ...names.map(countCells));
  return entries.map(({text, about, whyNot}, index) => [
    createSegment(index === selected ? `${theme.glyph.cursor} ` : '  ', 'accent'),
    createSegment(padEnd(index < 9 ? String(index + 1) : '', 3), 'accent'),
    createSegment(padEnd(names[index] ?? '', nameCells + gap), whyNot === undefined ? 'plain' : 'dim'),
    createSegment(sanitizeText(whyNot ?? about ?? text), 'dim'),
  ]);
};

const renderText = (entry: MenuEntry | undefined, width: number, height: number): readonly Line[] => {
  const text = sanitizeLines(entry?.text ?? '')
    .slice(0, height)
    .flatMap(line => wrapText(line, width));
  const about =
    entry?.about === undefined || entry.whyNot !== undefined ? [] : wrapText(sanitizeText(entry.about), width);
  const lines: readonly Line[] = [
    [],
    ...about.map(line => [createSegment(line)]),
    ...text.map(line => [createSegment(line, 'strong')]),
  ];
  return lines.slice(0, height);
};
