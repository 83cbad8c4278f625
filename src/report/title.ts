import type {Phase} from '../domain/status.js';
import {phaseOf} from '../domain/status.js';
import {formatCount} from '../format/number.js';
import {safeText} from '../format/safe-text.js';
import type {State} from '../store/state.js';
import {doneOf, totalOf} from './words.js';

const markByPhase: Readonly<Record<Phase, string>> = {
  waiting: '⋅',
  active: '◒',
  succeeded: '✓',
  failed: '✗',
  ended: '⊡',
};

/** For the terminal's title: `✗ training_pipeline 9/14`. */
export const titleWords = ({watch}: State): string => {
  if (watch?.run === undefined) {
    return 'zentop';
  }

  const {run, table} = watch;
  const name = safeText(run.pipeline?.name ?? run.name, {maxCells: 40});
  const total = totalOf(table.counts);
  const progress = total === 0 ? '' : ` ${formatCount(doneOf(table.counts))}/${formatCount(total)}`;
  return `${markByPhase[phaseOf(run.status)]} ${name}${progress}`;
};
