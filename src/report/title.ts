import type {Phase} from '../domain/status.js';
import {getPhase} from '../domain/status.js';
import {formatCount} from '../format/number.js';
import {sanitizeToWidth} from '../format/sanitize-to-width.js';
import type {State} from '../store/state.js';
import {countDone, countTotal} from './format-words.js';

const markByPhase: Readonly<Record<Phase, string>> = {
  waiting: '⋅',
  active: '◒',
  succeeded: '✓',
  failed: '✗',
  ended: '⊡',
};

/** The terminal title: `✗ training_pipeline 9/14`, or `zentop default` for the list of runs of a project. */
export const formatTerminalTitle = ({openRun, session}: State): string => {
  if (openRun?.run === undefined) {
    const project = openRun === undefined ? session.project?.name : undefined;
    return project === undefined ? 'zentop' : `zentop ${sanitizeToWidth(project, 40)}`;
  }

  const {run, table} = openRun;
  const name = sanitizeToWidth(run.pipeline?.name ?? run.name, 40);
  const total = countTotal(table.counts);
  const progress = total === 0 ? '' : ` ${formatCount(countDone(table.counts))}/${formatCount(total)}`;
  return `${markByPhase[getPhase(run.status)]} ${name}${progress}`;
};
