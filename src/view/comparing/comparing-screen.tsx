import {countLineCells, createSegment, joinLines, type Line, pickFittingLine, spreadLine} from '../../format/line.js';
import type {UtcOffset} from '../../format/time.js';
import type {State} from '../../store/state.js';
import type {Screen} from '../../store/ui/screen.js';
import type {Theme} from '../../theme/theme.js';
import {renderFooter} from '../footer-line.js';
import {createFrame, getInnerWidth, getLineWidth, withMargin} from '../frame.js';
import {renderFreshnessVariants} from '../header/freshness.js';
import {formatLinePosition} from '../line-position.js';
import {Lines} from '../lines.js';
import {layOutComparing} from './comparing-frame.js';
import {buildComparingText, type ComparingText} from './comparing-text.js';

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
 *  steps, about the same
 *  …
 */

type Props = {
  readonly state: State;
  readonly screen: Extract<Screen, {readonly name: 'comparing'}>;
  readonly theme: Theme;
  readonly getUtcOffset: UtcOffset;
};

/** The run comparison, differences first. */
export const ComparingScreen = ({state, screen, theme, getUtcOffset}: Props) => {
  const {columns, rows} = state.size;
  const width = getInnerWidth(columns);
  const {runIds, left, areGroupsOpen} = screen;
  const {head, entries, renderLine, ...shown} = buildComparingText({state, runIds, left, areGroupsOpen, width, theme});
  const {height, lineCount, headLines, hasTitle, hasFooter} = layOutComparing(state.size, head.length, entries.length);
  const top = Math.min(screen.top, Math.max(0, lineCount - height));
  const seen = entries.slice(top, top + height).map(renderLine);
  const filling: readonly Line[] = Array.from({length: height - seen.length}, () => []);
  const position = lineCount > height ? [createSegment(formatLinePosition(top, seen.length, lineCount), 'dim')] : [];
  // At most 30 % of the line, so that the title stays readable.
  const freshness = pickFittingLine(renderFreshnessVariants(state, theme), Math.floor(width * 0.3));
  const right = joinLines([position, freshness], '   ');
  const title = spreadLine(
    pickFittingLine(renderTitleVariants(runIds.length, shown), width - countLineCells(right) - 2),
    right,
    width,
  );
  const footer = hasFooter ? [renderFooter(state, createFrame(state, getUtcOffset), width)] : [];
  const gap: readonly Line[] = hasTitle ? [[]] : [];
  const all = [...(hasTitle ? [title, []] : []), ...head.slice(0, headLines), ...gap, ...seen, ...filling, ...footer];
  return <Lines lines={all.map(withMargin)} theme={theme} width={getLineWidth(columns)} height={rows} />;
};

/** Says which runs are visible if not all fit. */
const renderTitleVariants = (count: number, {left, runs}: Pick<ComparingText, 'left' | 'runs'>): readonly Line[] => {
  const range = runs < count ? `runs ${left + 1}${runs === 1 ? '' : `–${left + runs}`} of ${count}` : `${count} runs`;
  const words = createSegment(`${range} side by side`, 'strong');
  return [[createSegment('zentop', 'brand'), createSegment('  '), words], [words], [createSegment(range, 'strong')]];
};
