import {countCells, padEnd} from '../format/cells.js';
import {createSegment, joinLines, type Line} from '../format/line.js';
import {sanitizeLines, sanitizeText} from '../format/safe-text.js';
import {sanitizeToWidth} from '../format/sanitize-to-width.js';
import type {UtcOffset} from '../format/time.js';
import {wrapText} from '../format/wrap.js';
import type {State} from '../store/state.js';
import type {Screen} from '../store/ui/screen.js';
import {getVisibleRange} from '../store/ui/visible-range.js';
import type {Theme} from '../theme/theme.js';
import {renderFooter} from './footer-line.js';
import {createFrame, getHelpChromeHeight, getInnerWidth, getLineWidth, withMargin} from './frame.js';
import {Lines} from './lines.js';

/*
 *  zentop  copy
 *
 *  › 1  Python that loads it  Client().get_artifact_version("79e8…").load()
 *    2  artifact version id   79e8af2f-4986-4b65-9e1b-b06f3a8f1d1f
 *    …
 *
 *  the selected text, as much of it as fits
 *
 *  j/k move  enter copy  esc back
 */

type CopyingState = Extract<Screen, {readonly name: 'copying'}>;

type Props = {
  readonly state: State;
  readonly screen: CopyingState;
  readonly theme: Theme;
  readonly utcOffset: UtcOffset;
};

const maxNameCells = 24;
const gap = 2;
/** Lines that the list of choices leaves for the selected text, including a blank one above it, if there is room. */
const minTextLines = 4;

/** What can be copied, and the full text of the selected choice, so that it can be selected by hand without a clipboard. */
export const CopyingScreen = ({state, screen, theme, utcOffset}: Props) => {
  const {columns, rows} = state.size;
  const width = getInnerWidth(columns);
  const chrome = getHelpChromeHeight(rows);
  const body = Math.max(0, rows - chrome);
  const listHeight = Math.min(screen.choices.length, body > 2 * minTextLines ? body - minTextLines : body);
  const {top, count} = getVisibleRange(screen.selected, 0, screen.choices.length, listHeight);
  const choices = renderCopyChoices(screen, theme).slice(top, top + count);
  const text = renderText(screen, width, Math.max(0, body - count));
  const filling: readonly Line[] = Array.from({length: Math.max(0, body - count - text.length)}, () => []);
  const title = joinLines([[createSegment('zentop', 'brand')], [createSegment(screen.title, 'strong')]], '  ');
  const titles = [title, []].slice(0, Math.max(0, chrome - 1));
  const footer = chrome > 0 ? [renderFooter(state, createFrame(state, utcOffset), width)] : [];
  const lines = [...titles, ...choices, ...text, ...filling, ...footer];
  return (
    <Lines
      lines={lines.map(withMargin)}
      theme={theme}
      width={getLineWidth(columns)}
      height={rows}
      selected={titles.length + screen.selected - top}
    />
  );
};

const renderCopyChoices = ({choices, selected}: CopyingState, theme: Theme): readonly Line[] => {
  const names = choices.map(({what}) => sanitizeToWidth(what, maxNameCells));
  const nameCells = Math.max(0, ...names.map(countCells));
  return choices.map(({text, whyNot}, place) => [
    createSegment(place === selected ? `${theme.glyph.cursor} ` : '  ', 'accent'),
    createSegment(padEnd(place < 9 ? String(place + 1) : '', 3), 'accent'),
    createSegment(padEnd(names[place] ?? '', nameCells + gap), whyNot === undefined ? 'plain' : 'dim'),
    createSegment(sanitizeText(text), 'dim'),
  ]);
};

const renderText = ({choices, selected}: CopyingState, width: number, height: number): readonly Line[] => {
  const text = sanitizeLines(choices[selected]?.text ?? '')
    .slice(0, height)
    .flatMap(line => wrapText(line, width));
  const lines: readonly Line[] = [[], ...text.map(line => [createSegment(line, 'strong')])];
  return lines.slice(0, height);
};
