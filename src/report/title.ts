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

/** For the terminal's title: `✗ training_pipeline 9/14`; of a list of runs, `zentop default`. */
export const titleWords = ({watch, session}: State): string => {
  if (watch?.run === undefined) {
    const project = watch === undefined ? session.project?.name : undefined;
    return project === undefined ? 'zentop' : `zentop ${safeText(project, {maxCells: 40})}`;
  }

  const {run, table} = watch;
  const name = safeText(run.pipeline?.name ?? run.name, {maxCells: 40});
  const total = totalOf(table.counts);
  const progress = total === 0 ? '' : ` ${formatCount(doneOf(table.counts))}/${formatCount(total)}`;
  return `${markByPhase[phaseOf(run.status)]} ${name}${progress}`;
};
