import type {Failure} from '../../domain/failure.js';
import type {Instant} from '../../domain/instant.js';
import {maxLogEntries} from '../../domain/log/tail.js';
import {formatFailure} from '../failure-words.js';
import {countLineCells, type Line, renderDim, renderStrong} from '../line.js';
import {middleDot} from '../marks.js';
import {formatCount} from '../number.js';
import {pluralize} from '../plural.js';
import {sanitizeToWidth} from '../sanitize-to-width.js';
import {formatAgo} from '../time.js';

type LogSearch = {
  readonly text: string;
  readonly position: number | undefined;
  readonly count: number;
  /** Matching lines that the level filter hides. */
  readonly hiddenCount: number;
};

type LogStatus = {
  readonly source: string;
  /** The step or run has several logs. */
  readonly hasSeveralSources: boolean;
  /** All lines, those dropped from the beginning, and those that pass the level filter. */
  readonly lineCount: number;
  readonly droppedCount: number;
  readonly shownCount: number;
  /** The level filter in words, if one is set. */
  readonly level: string | undefined;
  /** The log is longer, but the server returns no more of it. */
  readonly isTruncated: boolean;
  readonly search: LogSearch | undefined;
  /** When the log was last written to, by the server's clock. */
  readonly lastAt: Instant | undefined;
  readonly isFinished: boolean;
  readonly isFollowing: boolean;
  /** The position of the last visible line among those shown, from 1. */
  readonly lastPosition: number;
  readonly failure: Failure | undefined;
  readonly now: Instant;
};

type Fact = {readonly words: Line; readonly weight: number};

const gap = 2;
const separator = renderDim(` ${middleDot} `);

/**
 *     step · 1,204 lines · last line 12s ago · updated every 5s               following
 *     step · 1,204 lines · /loss: 3 of 17                                 212 of 1,204
 *
 * Facts about the log, and at the right end the visible part. Less important facts are dropped if there is no room.
 */
export const renderLogStatus = (status: LogStatus, width: number): Line => {
  const position = renderPosition(status);
  const facts = [...buildFacts(status)];
  while (facts.length > 1 && countFactCells(facts) + gap + countLineCells(position) > width) {
    const least = Math.min(...facts.map(({weight}) => weight));
    facts.splice(
      facts.findIndex(({weight}) => weight === least),
      1,
    );
  }

  const left = facts.flatMap(({words}, index) => (index === 0 ? words : [separator, ...words]));
  const room = width - countLineCells(left) - countLineCells(position);
  return room < gap ? left : [...left, renderDim(' '.repeat(room)), ...position];
};

const countFactCells = (facts: readonly Fact[]): number =>
  facts.reduce((sum, {words}) => sum + countLineCells(words), countLineCells([separator]) * (facts.length - 1));

const renderPosition = ({isFollowing, isFinished, lastPosition, shownCount}: LogStatus): Line => {
  if (isFollowing) {
    return [renderDim(isFinished ? 'end' : 'following')];
  }

  return [renderStrong(formatCount(lastPosition)), renderDim(` of ${formatCount(shownCount)}`)];
};

const buildFacts = (status: LogStatus): readonly Fact[] => {
  const {source, hasSeveralSources, lineCount, droppedCount, shownCount, level, search, failure} = status;
  const createFact = (weight: number, words: Line): Fact => ({weight, words});
  return [
    createFact(hasSeveralSources ? 4 : 1, [renderDim(sanitizeToWidth(source, 24))]),
    createFact(3, [renderDim(pluralize(lineCount, 'line'))]),
    ...(level === undefined ? [] : [createFact(7, [renderStrong(level), renderDim(` ${formatCount(shownCount)}`)])]),
    ...(droppedCount === 0 ? [] : [createFact(5, [renderDim(`first ${pluralize(droppedCount, 'line')} dropped`)])]),
    ...(status.isTruncated
      ? [createFact(6, [renderDim(`truncated by the server after ${formatCount(maxLogEntries)} entries`)])]
      : []),
    ...(search === undefined ? [] : [createFact(9, renderSearch(search))]),
    ...(failure === undefined ? [] : [createFact(8, [{text: formatFailure(failure), tone: 'warning'}])]),
    ...renderLastWrite(status).map(words => createFact(2, words)),
  ];
};

const renderSearch = ({text, position, count, hiddenCount}: LogSearch): Line => [
  {text: `/${sanitizeToWidth(text, 30)}`, tone: 'accent'},
  count === 0
    ? {
        text: hiddenCount === 0 ? ': not found' : `: only in ${pluralize(hiddenCount, 'hidden line')}`,
        tone: 'warning',
      }
    : renderDim(
        position === undefined
          ? `: ${pluralize(count, 'line')}`
          : `: ${formatCount(position)} of ${formatCount(count)}`,
      ),
];

/** Output arrives every five seconds, so a last line that is a few seconds old is normal. */
const renderLastWrite = ({lastAt, isFinished, now}: LogStatus): readonly Line[] =>
  isFinished || lastAt === undefined
    ? []
    : [[renderDim(`last line ${formatAgo(lastAt, now)} ${middleDot} updated every 5s`)]];
