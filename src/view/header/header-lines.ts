import type {Layout} from '../../store/layout.js';
import {layoutOf} from '../../store/selectors.js';
import type {State} from '../../store/state.js';
import type {Watch} from '../../store/watch.js';
import type {Theme} from '../../theme/theme.js';
import {positionWords} from '../list/position.js';
import {firstThatFits, joined, type Pieces, piece, spread, widthOf} from '../pieces.js';
import {freshnessWays} from './freshness.js';
import {barPieces} from './progress.js';
import {
  countGroups,
  donePieces,
  elapsedPieces,
  failedPieces,
  glyphPiece,
  mentionPieces,
  statusPieces,
  timeLeftPieces,
} from './state-line.js';
import {placePieces, runNamePieces, titlePieces} from './where.js';

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

type Drawing = {readonly state: State; readonly watch: Watch; readonly theme: Theme; readonly width: number};

/** The lines above the list, each at most `width` cells. A line of air below them is in the layout's count alone. */
export const headerLines = (form: Layout['form'], drawing: Drawing): readonly Pieces[] => {
  const {watch, theme, width} = drawing;
  const bar = (): Pieces => barPieces(watch.table.counts, watch.overAt !== undefined, width, theme);
  switch (form) {
    case 'beside':
      return [wideTitle(drawing), wideState(drawing), bar()];

    case 'stacked':
      return [middleTitle(drawing), middleState(drawing), bar()];

    case 'alone':
      return [narrowTitle(drawing), narrowState(drawing), bar(), narrowPosition(drawing)];

    case 'short':
      return [shortState(drawing)];
  }
};

/** Freshness takes at most this part of a line, so that the name beside it can be read. */
const freshnessWidth = (width: number): number => Math.floor(width * 0.45);

const freshness = ({state, theme, width}: Drawing): Pieces =>
  firstThatFits(freshnessWays(state, theme), freshnessWidth(width));

const wideTitle = (drawing: Drawing): Pieces => {
  const {state, watch, theme, width} = drawing;
  const right = freshness(drawing);
  const within = theme.glyph.within;
  const where = [...placePieces(state, within), piece(` ${within} `, 'dim'), ...titlePieces(watch.run)];
  const brand = [piece('zentop', 'brand')];
  const left = firstThatFits(
    [joined([brand, where, runNamePieces(watch.run)], '  '), joined([brand, where], '  '), titlePieces(watch.run)],
    width - widthOf(right) - 2,
  );
  return spread(left, right, width);
};

/** As many of the counts as fit; those that go first are the ones in the middle, that say it goes well. */
const wideState = (drawing: Drawing): Pieces => {
  const {watch, theme} = drawing;
  if (watch.run === undefined) {
    return [];
  }

  const start = joined([statusPieces(watch.run, theme), donePieces(watch, true)], '   ');
  return withTime(drawing, watch, start);
};

/**
 * Behind `start` the counts, at the right end how long it has taken and may still take. That goes before the counts: when will
 * it be done is asked first; what it was guessed from is told where there is room left.
 */
const withTime = ({state, width}: Drawing, watch: Watch, start: Pieces): Pieces => {
  const elapsed = elapsedPieces(state, watch, false);
  const ways = timeLeftPieces(state, watch).map(left => joined([elapsed, left], '   '));
  const rights = [...ways, elapsed];
  const shortest = firstThatFits([ways.at(-1) ?? elapsed, elapsed], width - widthOf(start) - 2);
  const left = withCounts(start, watch, width - widthOf(shortest) - 2);
  const right = firstThatFits(rights, Math.max(widthOf(shortest), width - widthOf(left) - 2));
  return spread(left, right, width);
};

const withCounts = (start: Pieces, watch: Watch, width: number): Pieces => {
  const mention = mentionPieces(watch);
  const groups = countGroups(watch);
  const way = (kept: readonly Pieces[], hasMention: boolean): Pieces =>
    joined([start, joined(kept, '  '), hasMention ? mention : []], '   ');
  return firstThatFits(
    [
      way(groups, true),
      ...droppedOneByOne(groups).map(kept => way(kept, mention.length > 0)),
      ...droppedOneByOne(groups).map(kept => way(kept, false)),
    ],
    width,
  );
};

/** What is waiting goes first, then what went well; failures and what runs stay longest. */
const droppedOneByOne = (groups: readonly Pieces[]): readonly (readonly Pieces[])[] => {
  const order = ['waiting', 'ended', 'good', 'reused', 'busy', 'bad'];
  const left = [...groups];
  const ways = [[...left]];
  for (const tone of order) {
    for (let place = left.length - 1; place >= 0; place--) {
      if (left[place]?.[0]?.tone === tone) {
        left.splice(place, 1);
        ways.push([...left]);
      }
    }
  }

  return ways;
};

const middleTitle = (drawing: Drawing): Pieces => {
  const {state, watch, theme, width} = drawing;
  const title = titlePieces(watch.run);
  const right = freshness(drawing);
  const place = placePieces(state, theme.glyph.within);
  const rights = [joined([place, right], '  '), right];
  return spread(title, firstThatFits(rights, Math.max(widthOf(right), width - widthOf(title) - 2)), width);
};

const middleState = (drawing: Drawing): Pieces => {
  const {watch, theme} = drawing;
  if (watch.run === undefined) {
    return [];
  }

  const start = joined([statusPieces(watch.run, theme), donePieces(watch, false)], '  ');
  return withTime(drawing, watch, start);
};

const narrowTitle = (drawing: Drawing): Pieces => {
  const {watch, theme, width} = drawing;
  const glyph = watch.run === undefined ? [] : glyphPiece(watch.run, theme);
  const ways = freshnessWays(drawing.state, theme);
  const title = joined([glyph, titlePieces(watch.run)], ' ');
  const right = firstThatFits(ways.slice(ways.length > 2 ? 1 : 0), Math.max(2, width - widthOf(title) - 2));
  return spread(title, right, width);
};

const narrowState = ({state, watch, theme, width}: Drawing): Pieces => {
  const failed = failedPieces(watch, theme);
  const start = donePieces(watch, false);
  const elapsed = elapsedPieces(state, watch, false);
  const shortest = timeLeftPieces(state, watch).at(-1) ?? [];
  const withLeft = joined([elapsed, shortest], '  ');
  const room = width - widthOf(joined([start, failed], '  ')) - 2;
  const right = firstThatFits([withLeft, elapsed], room);
  const mention = mentionPieces(watch);
  const left = firstThatFits(
    [joined([start, failed, mention], '  '), joined([start, failed], '  ')],
    width - widthOf(right) - 2,
  );
  return spread(left, right, width);
};

/** Where no column titles say it, the line of air above the list does. */
const narrowPosition = ({state, watch, width}: Drawing): Pieces => {
  const {list, pane} = layoutOf(state);
  // With details below the list, the rule between them says it.
  return list === undefined || pane !== undefined
    ? []
    : spread([], [piece(positionWords(watch, list.height), 'dim')], width);
};

const shortState = ({state, watch, theme, width}: Drawing): Pieces => {
  if (watch.run === undefined) {
    return freshnessWays(state, theme).at(-1) ?? [];
  }

  const glyph = glyphPiece(watch.run, theme);
  const done = donePieces(watch, false);
  const ways = freshnessWays(state, theme);
  const ends = [ways.at(0) ?? [], ways.at(-2) ?? [], ways.at(-1) ?? []];
  const elapsed = elapsedPieces(state, watch, true);
  const facts = [
    ...ends.map(end => joined([done, failedPieces(watch, theme), elapsed, end], '  ')),
    joined([done, failedPieces(watch, theme)], '  '),
    done,
  ];
  const room = Math.max(widthOf(done), width - nameRoom(width));
  const right = firstThatFits(facts, room);
  return spread(joined([glyph, titlePieces(watch.run)], ' '), right, width);
};

/** Cells that a short line keeps for the glyph and the name. */
const nameRoom = (width: number): number => Math.max(6, Math.min(30, Math.floor(width * 0.45)));
