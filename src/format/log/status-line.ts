import type {Failure} from '../../domain/failure.js';
import type {Instant} from '../../domain/instant.js';
import {mostEntries} from '../../domain/log/tail.js';
import {failureWords} from '../failure-words.js';
import {dim, type Line, strong} from '../line.js';
import {lineCells} from '../line-cells.js';
import {dot} from '../marks.js';
import {formatCount} from '../number.js';
import {plural} from '../plural.js';
import {safeText} from '../safe-text.js';
import {ago} from '../time.js';

export type LogStatus = {
  readonly source: string;
  /** There are others. */
  readonly hasSources: boolean;
  /** Lines of the log, those that are gone from its beginning, and those that are not left out. */
  readonly lineCount: number;
  readonly goneCount: number;
  readonly shownCount: number;
  /** What is shown, where lines are left out. */
  readonly level: string | undefined;
  /** The server gives no more of it. */
  readonly isCutShort: boolean;
  readonly search: {readonly text: string; readonly place: number | undefined; readonly count: number} | undefined;
  /** When it was last written to, while it goes on; by the server's clock. */
  readonly lastAt: Instant | undefined;
  readonly isFinished: boolean;
  readonly isFollowing: boolean;
  /** How many of those shown there are up to the last one that is seen. */
  readonly lastPlace: number;
  readonly failure: Failure | undefined;
  readonly now: Instant;
};

type Fact = {readonly words: Line; readonly weight: number};

const gap = 2;

/**
 *     step · 1,204 lines · last line 12s ago, the server writes every 5s      following
 *     step · 1,204 lines · /loss: 3 of 17                                 212 of 1,204
 *
 * What there is, and at its right end which part of it is seen. What matters less goes where there is no room.
 */
export const statusLine = (status: LogStatus, width: number): Line => {
  const place = placeOf(status);
  const facts = [...factsOf(status)];
  while (facts.length > 1 && cellsOf(facts) + gap + lineCells(place) > width) {
    const least = Math.min(...facts.map(({weight}) => weight));
    facts.splice(
      facts.findIndex(({weight}) => weight === least),
      1,
    );
  }

  const left = facts.flatMap(({words}, at) => (at === 0 ? words : [dim(` ${dot} `), ...words]));
  const room = width - lineCells(left) - lineCells(place);
  return room < gap ? left : [...left, dim(' '.repeat(room)), ...place];
};

const cellsOf = (facts: readonly Fact[]): number =>
  facts.reduce((sum, {words}) => sum + lineCells(words) + 3, facts.length === 0 ? 0 : -3);

const placeOf = ({isFollowing, isFinished, lastPlace, shownCount}: LogStatus): Line => {
  if (isFollowing) {
    return [dim(isFinished ? 'end' : 'following')];
  }

  return [strong(formatCount(lastPlace)), dim(` of ${formatCount(shownCount)}`)];
};

const factsOf = (status: LogStatus): readonly Fact[] => {
  const {source, hasSources, lineCount, goneCount, shownCount, level, search, failure} = status;
  const fact = (weight: number, words: Line): Fact => ({weight, words});
  return [
    fact(hasSources ? 4 : 1, [dim(safeText(source, {maxCells: 24}))]),
    fact(3, [dim(plural(lineCount, 'line', 'lines'))]),
    ...(level === undefined ? [] : [fact(7, [strong(level), dim(` ${formatCount(shownCount)}`)])]),
    ...(goneCount === 0 ? [] : [fact(5, [dim(`the first ${formatCount(goneCount)} are gone`)])]),
    ...(status.isCutShort ? [fact(6, [dim(`the server ends it at ${formatCount(mostEntries)} entries`)])] : []),
    ...(search === undefined ? [] : [fact(9, searchWords(search))]),
    ...(failure === undefined ? [] : [fact(8, [{text: failureWords(failure), tone: 'warning'}])]),
    ...lastWords(status).map(words => fact(2, words)),
  ];
};

const searchWords = ({text, place, count}: NonNullable<LogStatus['search']>): Line => [
  {text: `/${safeText(text, {maxCells: 30})}`, tone: 'accent'},
  count === 0
    ? {text: ': not found', tone: 'warning'}
    : dim(place === undefined ? `: ${plural(count, 'line')}` : `: ${formatCount(place)} of ${formatCount(count)}`),
];

/** An old last line is no bad sign by itself: the writer hands over what was printed every five seconds. */
const lastWords = ({lastAt, isFinished, now}: LogStatus): readonly Line[] =>
  isFinished || lastAt === undefined ? [] : [[dim(`last line ${ago(lastAt, now)}, the server writes every 5s`)]];
