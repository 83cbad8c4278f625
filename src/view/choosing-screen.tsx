import {safeText} from '../format/safe-text.js';
import type {UtcOffset} from '../format/time.js';
import {choicesOf} from '../store/runs/choosing.js';
import type {Screen} from '../store/screen.js';
import type {State} from '../store/state.js';
import {windowOf} from '../store/window.js';
import type {Theme} from '../theme/theme.js';
import {footerLine} from './footer-line.js';
import {frameOf, helpChrome, innerWidth, lineWidth} from './frame-of.js';
import {Lines} from './lines.js';
import {joined, type Pieces, piece} from './pieces.js';

/*
 *  zentop  project
 *
 *  › default
 *    fraud-detection  here
 *
 *  j/k move  enter choose  esc back
 */

type Props = {
  readonly state: State;
  readonly screen: Extract<Screen, {readonly name: 'choosing'}>;
  readonly theme: Theme;
  readonly utcOffset: UtcOffset;
};

/** Another project, or another server, to be chosen by the cursor. */
export const ChoosingScreen = ({state, screen, theme, utcOffset}: Props) => {
  const {columns, rows} = state.size;
  const chrome = helpChrome(rows);
  const body = Math.max(0, rows - chrome);
  const choices = choiceLines(state, screen, theme);
  const {top, count} = windowOf(screen.selected, 0, choices.length, body);
  const filling: readonly Pieces[] = Array.from({length: body - count}, () => []);
  const title = joined([[piece('zentop', 'brand')], [piece(screen.what, 'strong')]], '  ');
  const titles = [title, []].slice(0, Math.max(0, chrome - 1));
  const footer = chrome > 0 ? [footerLine(state, frameOf(state, utcOffset), innerWidth(columns))] : [];
  const lines = [...titles, ...choices.slice(top, top + count), ...filling, ...footer];
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

const choiceLines = (state: State, {what, selected}: Props['screen'], theme: Theme): readonly Pieces[] => {
  const choices = choicesOf(state, what);
  if (choices === undefined) {
    return [[piece(`  asking for the ${what}s`, 'dim')]];
  }

  const here = what === 'project' ? state.session.project?.name : state.session.serverUrl;
  return choices.map((choice, place) => [
    piece(place === selected ? `${theme.glyph.cursor} ` : '  ', 'accent'),
    piece(safeText(choice, {maxCells: 120}), place === selected ? 'strong' : 'plain'),
    piece(choice === here ? '  here' : '', 'dim'),
  ]);
};
