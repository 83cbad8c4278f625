import {formatDuration, formatWholeSeconds} from '../../format/duration.js';
import {formatFailure} from '../../format/failure-words.js';
import {createSegment, type Line} from '../../format/line.js';
import {timesSign} from '../../format/marks.js';
import {selectFreshness} from '../../store/requests/freshness.js';
import type {Freshness} from '../../store/selectors.js';
import type {State} from '../../store/state.js';
import type {Theme} from '../../theme/theme.js';

/** Freshness of the screen in several lengths, longest first. */
export const renderFreshnessVariants = (state: State, theme: Theme): readonly Line[] => {
  const freshness = selectFreshness(state);
  const {glyph} = theme;
  switch (freshness.kind) {
    case 'live': {
      const {replaySpeed} = state.session;
      return replaySpeed === undefined
        ? renderAgeVariants(createSegment(glyph.live, 'good'), 'live', formatWholeSeconds(freshness.ageMs))
        : renderAgeVariants(createSegment(glyph.live, 'link'), 'replay', `${timesSign}${replaySpeed}`);
    }

    case 'paused':
      return renderAgeVariants(createSegment(glyph.paused, 'warning'), 'paused', formatWholeSeconds(freshness.ageMs));

    case 'over':
      return [
        ...(state.session.isFollowingPipeline === true
          ? [[createSegment(glyph.over, 'dim'), createSegment(' ended · waiting for the next run', 'dim')]]
          : []),
        [createSegment(glyph.over, 'dim'), createSegment(' ended', 'dim')],
        [createSegment(glyph.over, 'dim')],
      ];

    case 'gone': {
      const mark = createSegment(glyph.stale, 'bad');
      return [
        [mark, createSegment(' this run no longer exists on the server', 'bad')],
        [mark, createSegment(' no longer on the server', 'bad')],
        [mark, createSegment(' gone', 'bad')],
        [mark],
      ];
    }

    case 'connecting':
      return [
        [createSegment(glyph.stale, 'warning'), createSegment(' connecting', 'dim')],
        [createSegment(glyph.stale, 'warning')],
      ];

    case 'stale': {
      const mark = createSegment(glyph.stale, 'warning');
      const age = createSegment(formatWholeSeconds(freshness.ageMs));
      const stale = createSegment(' stale ', 'warning');
      const why = createSegment(formatCause(freshness), 'bad');
      const retry = createSegment(` · ${formatRetryWait(freshness.retryInMs)} · `, 'dim');
      return [
        ...(freshness.isOverdue ? [] : [[mark, stale, age, retry, why]]),
        [mark, stale, age, createSegment(' · ', 'dim'), why],
        [mark, stale, age],
        [mark, createSegment(' '), age],
        [mark],
      ];
    }
  }
};

/** While a request is overdue, its age counts up; nothing is retried until it ends. */
const formatCause = ({failure, isOverdue}: Extract<Freshness, {readonly kind: 'stale'}>): string =>
  isOverdue && failure.kind === 'timed-out'
    ? `no response for ${formatWholeSeconds(failure.afterMs)}`
    : formatFailure(failure);

const renderAgeVariants = (mark: Line[number], word: string, age: string): readonly Line[] => [
  [mark, createSegment(` ${word} `, 'dim'), createSegment(age)],
  [mark, createSegment(` ${age}`)],
  [mark],
];

/** `retrying in 4s`, from milliseconds; `retrying` if it is less than a second. */
export const formatRetryWait = (ms: number): string =>
  ms < 1000 ? 'retrying' : `retrying in ${formatDuration(Math.ceil(ms / 1000) * 1000)}`;
