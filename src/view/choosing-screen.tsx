import {createSegment, joinLines, type Line} from '../format/line.js';
import {sanitizeToWidth} from '../format/sanitize-to-width.js';
import type {UtcOffset} from '../format/time.js';
import {selectChoices, selectCurrentChoice} from '../store/runs/choosing.js';
import type {State} from '../store/state.js';
import type {Screen} from '../store/ui/screen.js';
import {getVisibleRange} from '../store/ui/visible-range.js';
import type {Theme} from '../theme/theme.js';
import {renderFooter} from './footer-line.js';
import {createFrame, getInnerWidth, getLineWidth, getTextChromeHeight, withMargin} from './frame.js';
import {formatServerName} from './header/location.js';
import {Lines} from './lines.js';

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
  readonly getUtcOffset: UtcOffset;
};

/** A menu of projects or servers. */
export const ChoosingScreen = ({state, screen, theme, getUtcOffset}: Props) => {
  const {columns, rows} = state.size;
  const chrome = getTextChromeHeight(rows);
  const body = Math.max(0, rows - chrome);
  const choices = renderChoices(state, screen, theme);
  const {top, count} = getVisibleRange(screen.selectedIndex, 0, choices.length, body);
  const filling: readonly Line[] = Array.from({length: body - count}, () => []);
  const where =
    screen.what === 'project' ? [createSegment(`of ${formatServerName(state, theme.glyph.within)}`, 'dim')] : [];
  const title = joinLines([[createSegment('zentop', 'brand')], [createSegment(screen.what, 'strong')], where], '  ');
  const titles = [title, []].slice(0, Math.max(0, chrome - 1));
  const footer = chrome > 0 ? [renderFooter(state, createFrame(state, getUtcOffset), getInnerWidth(columns))] : [];
  const lines = [...titles, ...choices.slice(top, top + count), ...filling, ...footer];
  return (
    <Lines
      lines={lines.map(withMargin)}
      theme={theme}
      width={getLineWidth(columns)}
      height={rows}
      selected={titles.length + screen.selectedIndex - top}
    />
  );
};

const renderChoices = (state: State, {what, selectedIndex}: Props['screen'], theme: Theme): readonly Line[] => {
  const choices = selectChoices(state, what);
  if (choices === undefined) {
    return [[createSegment(`  loading ${what}s…`, 'dim')]];
  }

  const here = selectCurrentChoice(state, what);
  return choices.map((choice, index) => [
    createSegment(index === selectedIndex ? `${theme.glyph.cursor} ` : '  ', 'accent'),
    createSegment(sanitizeToWidth(choice, 120), index === selectedIndex ? 'strong' : 'plain'),
    createSegment(index === here ? '  here' : '', 'dim'),
  ]);
};
