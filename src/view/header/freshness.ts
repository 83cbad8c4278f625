import {formatDuration} from '../../format/duration.js';
import {formatFailure} from '../../format/failure-words.js';
import {timesSign} from '../../format/marks.js';
import {selectFreshness} from '../../store/requests/freshness.js';
import type {State} from '../../store/state.js';
import type {Theme} from '../../theme/theme.js';
import {createPiece, type Pieces} from '../pieces.js';

/** Ways to say how fresh the screen is, the longest first. */
export const renderFreshnessVariants = (state: State, theme: Theme): readonly Pieces[] => {
  const freshness = selectFreshness(state);
  const {glyph} = theme;
  switch (freshness.kind) {
    case 'live': {
      const {replaySpeed} = state.session;
      return replaySpeed === undefined
        ? renderAgeVariants(createPiece(glyph.live, 'good'), 'live', formatWholeSeconds(freshness.ageMs))
        : renderAgeVariants(createPiece(glyph.live, 'link'), 'replay', `${timesSign}${replaySpeed}`);
    }

    case 'paused':
      return renderAgeVariants(createPiece(glyph.paused, 'warning'), 'paused', formatWholeSeconds(freshness.ageMs));

    case 'over':
      return [
        ...(state.session.isFollowingPipeline === true
          ? [[createPiece(glyph.over, 'dim'), createPiece(' ended · the next run is awaited', 'dim')]]
          : []),
        [createPiece(glyph.over, 'dim'), createPiece(' ended', 'dim')],
        [createPiece(glyph.over, 'dim')],
      ];

    case 'connecting':
      return [
        [createPiece(glyph.stale, 'warning'), createPiece(' connecting', 'dim')],
        [createPiece(glyph.stale, 'warning')],
      ];

    case 'stale': {
      const mark = createPiece(glyph.stale, 'warning');
      const age = createPiece(formatWholeSeconds(freshness.ageMs));
      const stale = createPiece(' stale ', 'warning');
      const why = createPiece(formatFailure(freshness.failure), 'bad');
      const retry = createPiece(` · ${formatRetryWait(freshness.retryInMs)} · `, 'dim');
      return [
        [mark, stale, age, retry, why],
        [mark, stale, age, createPiece(' · ', 'dim'), why],
        [mark, stale, age],
        [mark, createPiece(' '), age],
        [mark],
      ];
    }
  }
};

const renderAgeVariants = (mark: Pieces[number], word: string, age: string): readonly Pieces[] => [
  [mark, createPiece(` ${word} `, 'dim'), createPiece(age)],
  [mark, createPiece(` ${age}`)],
  [mark],
];

/** An age that counts up by whole seconds: tenths would flicker. */
const formatWholeSeconds = (ms: number): string => formatDuration(Math.floor(ms / 1000) * 1000);

export const formatRetryWait = (ms: number): string =>
  ms < 1000 ? 'asking again' : `retrying in ${formatDuration(Math.ceil(ms / 1000) * 1000)}`;
