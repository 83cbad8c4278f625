import {formatDuration} from '../../format/duration.js';
import {failureWords} from '../../format/failure-words.js';
import {times} from '../../format/marks.js';
import {freshnessOf} from '../../store/freshness.js';
import type {State} from '../../store/state.js';
import type {Theme} from '../../theme/theme.js';
import {type Pieces, piece} from '../pieces.js';

/** Ways to say how fresh the screen is, the longest first. */
export const freshnessWays = (state: State, theme: Theme): readonly Pieces[] => {
  const freshness = freshnessOf(state);
  const {glyph} = theme;
  switch (freshness.kind) {
    case 'live': {
      const {replaySpeed} = state.session;
      return replaySpeed === undefined
        ? ways(piece(glyph.live, 'good'), 'live', wholeSeconds(freshness.ageMs))
        : ways(piece(glyph.live, 'link'), 'replay', `${times}${replaySpeed}`);
    }

    case 'paused':
      return ways(piece(glyph.paused, 'warning'), 'paused', wholeSeconds(freshness.ageMs));

    case 'over':
      return [
        ...(state.session.isFollowingPipeline === true
          ? [[piece(glyph.over, 'dim'), piece(' ended · the next run is awaited', 'dim')]]
          : []),
        [piece(glyph.over, 'dim'), piece(' ended', 'dim')],
        [piece(glyph.over, 'dim')],
      ];

    case 'connecting':
      return [[piece(glyph.stale, 'warning'), piece(' connecting', 'dim')], [piece(glyph.stale, 'warning')]];

    case 'stale': {
      const mark = piece(glyph.stale, 'warning');
      const age = piece(wholeSeconds(freshness.ageMs));
      const stale = piece(' stale ', 'warning');
      const why = piece(failureWords(freshness.failure), 'bad');
      const retry = piece(` · ${retryWords(freshness.retryInMs)} · `, 'dim');
      return [
        [mark, stale, age, retry, why],
        [mark, stale, age, piece(' · ', 'dim'), why],
        [mark, stale, age],
        [mark, piece(' '), age],
        [mark],
      ];
    }
  }
};

const ways = (mark: Pieces[number], word: string, age: string): readonly Pieces[] => [
  [mark, piece(` ${word} `, 'dim'), piece(age)],
  [mark, piece(` ${age}`)],
  [mark],
];

/** An age that counts up by whole seconds: tenths would flicker. */
const wholeSeconds = (ms: number): string => formatDuration(Math.floor(ms / 1000) * 1000);

export const retryWords = (ms: number): string =>
  ms < 1000 ? 'asking again' : `retrying in ${formatDuration(Math.ceil(ms / 1000) * 1000)}`;
