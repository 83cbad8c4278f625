import {countChildRuns} from '../../domain/child-run-counts.js';
import {countLineCells, createSegment, joinLines, type Line, pickFittingLine, spreadLine} from '../../format/line.js';
import type {OpenRun} from '../../store/run/open-run.js';
import {selectLayout, selectServerNow} from '../../store/selectors.js';
import type {State} from '../../store/state.js';
import type {Layout} from '../../store/ui/layout.js';
import type {Theme} from '../../theme/theme.js';
import {formatPosition} from '../list/position.js';
import {renderFreshnessVariants} from './freshness.js';
import {renderLocation, renderRunName, renderRunTitle} from './location.js';
import {renderProgressBar} from './progress.js';
import {
  getShownCounts,
  renderCountGroups,
  renderDoneCount,
  renderElapsed,
  renderFailedCount,
  renderMentions,
  renderRunGlyph,
  renderRunStatus,
  renderTimeLeft,
} from './state-line.js';

/*
 * beside   zentop  prod › default › training_pipeline #42  training_pipeline-2026_11_23     ● live 1s
 *          ◒ running   8/14 done   3 cached  4 completed  1 failed  2 running  4 waiting      12m 04s   left ~4m
 *          ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━──────────────────────
 *
 * stacked  training_pipeline #42                       prod › default  ● live 1s
 *          ◒ running  8/14  3 cached  1 failed  2 running      12m 04s   left ~4m
 *          ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━──────────
 *
 * alone    ◒ training_pipeline #42         ● 1s
 *          8/14  ✗ 1         12m 04s  left ~4m
 *          ━━━━━━━━━━━━━━━━━━━━━━━━━━━━─────────
 *                                       9 of 42
 *
 * short    ◒ training_pipel…  8/14  ✗ 1  ● 1s
 */

type HeaderInput = {readonly state: State; readonly openRun: OpenRun; readonly theme: Theme; readonly width: number};

/**
 * The lines above the list, each at most `width` cells. If the layout reserves one line more for the header, that line stays blank.
 */
export const renderHeader = (form: Layout['form'], input: HeaderInput): readonly Line[] => {
  const {openRun, theme, width} = input;
  // Child runs are not counted as steps, but the bar includes them: otherwise it would stay green when one fails.
  const counts = countChildRuns(openRun.childRuns, getShownCounts(openRun));
  const renderBar = (): Line => renderProgressBar(counts, openRun.overAt !== undefined, width, theme);
  switch (form) {
    case 'beside':
      return [renderWideTitle(input), renderWideState(input), renderBar()];

    case 'stacked':
      return [renderMiddleTitle(input), renderMiddleState(input), renderBar()];

    case 'alone':
      return [renderNarrowTitle(input), renderNarrowState(input), renderBar(), renderNarrowPosition(input)];

    case 'short':
      return [renderShortState(input)];
  }
};

/** The most cells that freshness takes in a line of this width, so that the name beside it stays readable. */
const getFreshnessWidth = (width: number): number => Math.floor(width * 0.45);

const renderFreshness = ({state, theme, width}: HeaderInput): Line =>
  pickFittingLine(renderFreshnessVariants(state, theme), getFreshnessWidth(width));

const renderWideTitle = (input: HeaderInput): Line => {
  const {state, openRun, theme, width} = input;
  const right = renderFreshness(input);
  const within = theme.glyph.within;
  const location = renderLocation(state, within);
  const separator = location.length === 0 ? [] : [createSegment(` ${within} `, 'dim')];
  const where = [...location, ...separator, ...renderRunTitle(openRun.run)];
  const brand = [createSegment('zentop', 'brand')];
  const left = pickFittingLine(
    [
      joinLines([brand, where, renderRunName(openRun.run)], '  '),
      joinLines([brand, where], '  '),
      renderRunTitle(openRun.run),
    ],
    width - countLineCells(right) - 2,
  );
  return spreadLine(left, right, width);
};

/** Status, done steps, and as many counts as fit. */
const renderWideState = (input: HeaderInput): Line => {
  const {openRun, theme} = input;
  if (openRun.run === undefined) {
    return [];
  }

  const start = joinLines(
    [renderRunStatus(openRun.run, openRun, selectServerNow(input.state), theme), renderDoneCount(openRun, true)],
    '   ',
  );
  return withTime(input, openRun, start);
};

/**
 * Appends the counts to `start` and right-aligns elapsed and remaining time. Time takes precedence over counts, because when a
 * run will be done matters most; what the estimate is based on is shown only if there is room left.
 */
const withTime = ({state, width}: HeaderInput, openRun: OpenRun, start: Line): Line => {
  const elapsed = renderElapsed(state, openRun, false);
  const variants = renderTimeLeft(state, openRun).map(timeLeft => joinLines([elapsed, timeLeft], '   '));
  const rights = [...variants, elapsed];
  const shortest = pickFittingLine([variants.at(-1) ?? elapsed, elapsed], width - countLineCells(start) - 2);
  const left = withCounts(state, start, openRun, width - countLineCells(shortest) - 2);
  const right = pickFittingLine(rights, Math.max(countLineCells(shortest), width - countLineCells(left) - 2));
  return spreadLine(left, right, width);
};

const withCounts = (state: State, start: Line, openRun: OpenRun, width: number): Line => {
  const mention = renderMentions(state, openRun);
  const groups = renderCountGroups(openRun);
  const join = (kept: readonly Line[], remark: Line): Line => joinLines([start, joinLines(kept, '  '), remark], '   ');
  return pickFittingLine(
    [
      join(groups, mention.long),
      ...dropGroupsOneByOne(groups).map(kept => join(kept, mention.short)),
      ...dropGroupsOneByOne(groups).map(kept => join(kept, [])),
    ],
    width,
  );
};

/**
 * All groups, and then variants of them with one group fewer each: waiting steps are dropped first, then those that were stopped or
 * did not run, then successful ones; failed and running ones stay longest.
 */
const dropGroupsOneByOne = (groups: readonly Line[]): readonly (readonly Line[])[] => {
  const order = ['waiting', 'ended', 'good', 'reused', 'busy', 'bad'];
  const left = [...groups];
  const variants = [[...left]];
  for (const tone of order) {
    for (let index = left.length - 1; index >= 0; index--) {
      if (left[index]?.[0]?.tone === tone) {
        left.splice(index, 1);
        variants.push([...left]);
      }
    }
  }

  return variants;
};

const renderMiddleTitle = (input: HeaderInput): Line => {
  const {state, openRun, theme, width} = input;
  const title = renderRunTitle(openRun.run);
  const right = renderFreshness(input);
  const location = renderLocation(state, theme.glyph.within);
  const rights = [joinLines([location, right], '  '), right];
  return spreadLine(
    title,
    pickFittingLine(rights, Math.max(countLineCells(right), width - countLineCells(title) - 2)),
    width,
  );
};

const renderMiddleState = (input: HeaderInput): Line => {
  const {openRun, theme} = input;
  if (openRun.run === undefined) {
    return [];
  }

  const start = joinLines(
    [renderRunStatus(openRun.run, openRun, selectServerNow(input.state), theme), renderDoneCount(openRun, false)],
    '  ',
  );
  return withTime(input, openRun, start);
};

const renderNarrowTitle = (input: HeaderInput): Line => {
  const {openRun, theme, width} = input;
  const glyph = openRun.run === undefined ? [] : renderRunGlyph(openRun.run, theme);
  const variants = renderFreshnessVariants(input.state, theme);
  const title = joinLines([glyph, renderRunTitle(openRun.run)], ' ');
  const right = pickFittingLine(
    variants.slice(variants.length > 2 ? 1 : 0),
    Math.max(2, width - countLineCells(title) - 2),
  );
  return spreadLine(title, right, width);
};

const renderNarrowState = ({state, openRun, theme, width}: HeaderInput): Line => {
  const failed = renderFailedCount(openRun, theme);
  const start = renderDoneCount(openRun, false);
  const elapsed = renderElapsed(state, openRun, false);
  const shortest = renderTimeLeft(state, openRun).at(-1) ?? [];
  const elapsedAndLeft = joinLines([elapsed, shortest], '  ');
  const room = width - countLineCells(joinLines([start, failed], '  ')) - 2;
  const right = pickFittingLine([elapsedAndLeft, elapsed], room);
  const mention = renderMentions(state, openRun);
  const left = pickFittingLine(
    [
      joinLines([start, failed, mention.long], '  '),
      joinLines([start, failed, mention.short], '  '),
      joinLines([start, failed], '  '),
    ],
    width - countLineCells(right) - 2,
  );
  return spreadLine(left, right, width);
};

/** Without column titles, the blank line above the list shows the position. */
const renderNarrowPosition = ({state, openRun, width}: HeaderInput): Line => {
  const {list, pane} = selectLayout(state);
  // With details below the list, the rule between them shows it.
  return list === undefined || pane !== undefined
    ? []
    : spreadLine([], [createSegment(formatPosition(openRun, list.height), 'dim')], width);
};

const renderShortState = ({state, openRun, theme, width}: HeaderInput): Line => {
  if (openRun.run === undefined) {
    return renderFreshnessVariants(state, theme).at(-1) ?? [];
  }

  const glyph = renderRunGlyph(openRun.run, theme);
  const done = renderDoneCount(openRun, false);
  const variants = renderFreshnessVariants(state, theme);
  const ends = [variants.at(0) ?? [], variants.at(-2) ?? [], variants.at(-1) ?? []];
  const elapsed = renderElapsed(state, openRun, true);
  const facts = [
    ...ends.map(end => joinLines([done, renderFailedCount(openRun, theme), elapsed, end], '  ')),
    joinLines([done, renderFailedCount(openRun, theme)], '  '),
    done,
  ];
  const room = Math.max(countLineCells(done), width - getNameRoom(width));
  const right = pickFittingLine(facts, room);
  return spreadLine(joinLines([glyph, renderRunTitle(openRun.run)], ' '), right, width);
};

/** Cells that a short line reserves for the glyph and the name. */
const getNameRoom = (width: number): number => Math.max(6, Math.min(30, Math.floor(width * 0.45)));
