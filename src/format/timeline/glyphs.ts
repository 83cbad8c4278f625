/** The characters of a timeline. All are one cell wide. */
export type TimelineGlyphs = {
  /** A bar on the critical path, and its left and right half cells. */
  readonly heavy: BarGlyphs;
  /** Any other bar. */
  readonly light: BarGlyphs;
  readonly wait: string;
  readonly forecast: string;
  readonly live: string;
  readonly now: string;
  readonly uncertain: string;
  /** The run is waiting for an answer. */
  readonly question: string;
  /** Where a pause was folded. */
  readonly fold: string;
  /** At the edges: the bar is before, or after, what is shown. */
  readonly before: string;
  readonly after: string;
  /** How many items of a group are running, from few to many. */
  readonly density: readonly string[];
};

export type BarGlyphs = {readonly full: string; readonly left: string; readonly right: string};

const unicodeGlyphs: TimelineGlyphs = {
  heavy: {full: '━', left: '╸', right: '╺'},
  light: {full: '─', left: '╴', right: '╶'},
  wait: '⋅',
  forecast: '╌',
  live: '▸',
  now: '╎',
  uncertain: '?',
  question: '╍',
  fold: '╱',
  before: '‹',
  after: '›',
  density: ['⣀', '⣤', '⣶', '⣿'],
};

const asciiGlyphs: TimelineGlyphs = {
  heavy: {full: '=', left: '=', right: '='},
  light: {full: '-', left: '-', right: '-'},
  wait: '.',
  forecast: '~',
  live: '>',
  now: '|',
  uncertain: '?',
  question: '_',
  fold: '/',
  before: '<',
  after: '>',
  density: ['.', ':', '+', '#'],
};

export const getTimelineGlyphs = (isAscii: boolean): TimelineGlyphs => (isAscii ? asciiGlyphs : unicodeGlyphs);
