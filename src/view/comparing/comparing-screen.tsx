import type {UtcOffset} from '../../format/time.js';
import type {Screen} from '../../store/screen.js';
import type {State} from '../../store/state.js';
import type {Theme} from '../../theme/theme.js';
import {footerLine} from '../footer-line.js';
import {frameOf, innerWidth, lineWidth} from '../frame-of.js';
import {freshnessWays} from '../header/freshness.js';
import {Lines} from '../lines.js';
import {firstThatFits, joined, type Pieces, piece, spread, widthOf} from '../pieces.js';
import {comparingFrame} from './comparing-frame.js';
import {type ComparingText, comparingText} from './comparing-text.js';

/*
 *  zentop  3 runs side by side                              1–20 of 42   ● live 1s
 *
 *                      training #40         training #41         training #42
 *  status              ✓ completed          ✓ completed          ✗ failed
 *  duration            9m 10s               9m 02s -8s           12m 04s +2m 54s
 *
 *  parameters
 *  lr                  0.01                 0.02 +0.01 (+100%)   0.02 +0.01 (+100%)
 *  steps
 *  trainer             ✓ 8m 31s             ↺ cached             ✗ 41s
 *
 *  steps, alike
 *  …
 */

type Props = {
  readonly state: State;
  readonly screen: Extract<Screen, {readonly name: 'comparing'}>;
  readonly theme: Theme;
  readonly utcOffset: UtcOffset;
};

/** Some runs side by side, what differs first. */
export const ComparingScreen = ({state, screen, theme, utcOffset}: Props) => {
  const {columns, rows} = state.size;
  const width = innerWidth(columns);
  const {runIds, left} = screen;
  const {head, entries, lineOf, ...shown} = comparingText({state, runIds, left, width, theme});
  const {height, lineCount, headLines, hasTitle, hasFooter} = comparingFrame(state.size, head.length, entries.length);
  const top = Math.min(screen.top, Math.max(0, lineCount - height));
  const seen = entries.slice(top, top + height).map(lineOf);
  const filling: readonly Pieces[] = Array.from({length: height - seen.length}, () => []);
  const position = lineCount > height ? [piece(`${top + 1}–${top + seen.length} of ${lineCount}`, 'dim')] : [];
  const freshness = firstThatFits(freshnessWays(state, theme), Math.floor(width * 0.3));
  const right = joined([position, freshness], '   ');
  const title = spread(firstThatFits(titleWays(runIds.length, shown), width - widthOf(right) - 2), right, width);
  const footer = hasFooter ? [footerLine(state, frameOf(state, utcOffset), width)] : [];
  const air: readonly Pieces[] = hasTitle ? [[]] : [];
  const all = [...(hasTitle ? [title, []] : []), ...head.slice(0, headLines), ...air, ...seen, ...filling, ...footer];
  return (
    <Lines lines={all.map(line => [piece(' '), ...line])} theme={theme} width={lineWidth(columns)} height={rows} />
  );
};

/** Which of the runs are seen, where not all fit. */
const titleWays = (count: number, {left, runs}: Pick<ComparingText, 'left' | 'runs'>): readonly Pieces[] => {
  const range = runs < count ? `runs ${left + 1}${runs === 1 ? '' : `–${left + runs}`} of ${count}` : `${count} runs`;
  const words = piece(`${range} side by side`, 'strong');
  return [[piece('zentop', 'brand'), piece('  '), words], [words], [piece(range, 'strong')]];
};
