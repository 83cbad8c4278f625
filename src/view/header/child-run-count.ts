import {countChildRuns} from '../../domain/child-run-counts.js';
import type {DagChildRun} from '../../domain/dag.js';
import {createSegment, joinLines, type Line} from '../../format/line.js';
import {formatCount} from '../../format/number.js';
import {pluralize} from '../../format/plural.js';
import {type CountPart, getCountParts} from './progress.js';

/**
 * `3 child runs: 1 completed 1 failed 1 running`, or `2 child runs running` if all have the same status. `short` has no count but
 * that of the failed child runs, which the counts of steps do not include.
 */
export const renderChildRunCount = (childRuns: readonly DagChildRun[]): {readonly long: Line; readonly short: Line} => {
  const {length} = childRuns;
  if (length === 0) {
    return {long: [], short: []};
  }

  const parts = getCountParts(countChildRuns(childRuns), false);
  const failed = parts.filter(({tone}) => tone === 'bad');
  return {long: renderParts(length, parts), short: renderParts(length, failed)};
};

const renderParts = (total: number, parts: readonly CountPart[]): Line => {
  const [only] = parts;
  const title = pluralize(total, 'child run');
  if (only?.count === total) {
    return [createSegment(`${title} `, 'dim'), createSegment(only.status, only.tone)];
  }

  const counts = parts.map(({status, tone, count}): Line => [createSegment(`${formatCount(count)} ${status}`, tone)]);
  return counts.length === 0
    ? [createSegment(title, 'dim')]
    : [createSegment(`${title}: `, 'dim'), ...joinLines(counts, ' ')];
};
