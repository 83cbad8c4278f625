import type {StepDetail} from '../../domain/attempt.js';
import type {Run} from '../../domain/run.js';
import {dim, plain} from '../line.js';
import {cutLine} from '../line-cells.js';
import {safeText} from '../safe-text.js';
import {configRecord, unsetName} from './config-record.js';
import type {MarkedLine} from './content.js';
import {isUnset} from './json-parts.js';
import {treeLines} from './tree.js';
import {filtered} from './tree-filter.js';

export type ConfigView = {
  readonly width: number;
  readonly filter: string;
  readonly isToggled: (section: string) => boolean;
};

/** What is looked for more rarely. */
const bookkeeping: ReadonlySet<string> = new Set([
  'substitutions',
  'cache_policy',
  'outputs',
  'caching_parameters',
  unsetName,
]);
const nothingClosed: ReadonlySet<string> = new Set();

/**
 * How a step is configured, as a tree:
 *
 *     ▾ parameters  2 entries
 *         lr      0.02
 *         epochs  20
 *       retry       {max_retries: 2, …}
 *       source      pipelines.train.trainer
 *     ▾ pipeline    3 entries
 *     ▸ not set     14 entries
 */
export const configLines = (detail: StepDetail, run: Run | undefined, view: ConfigView): readonly MarkedLine[] => {
  const {filter, width, isToggled} = view;
  if (isUnset(detail.config.whole)) {
    return [{line: [dim('the server tells no configuration of this step')]}];
  }

  const left = filtered(configRecord(detail, run), filter);
  if (left === undefined) {
    return [{line: cutLine([dim('nothing here holds '), plain(safeText(filter, {maxCells: 40}))], width)}];
  }

  const isFiltered = filter !== '';
  const tree = treeLines(left, {
    width,
    indent: 0,
    path: isFiltered ? 'config found' : 'config',
    isToggled,
    openLevels: isFiltered ? Number.POSITIVE_INFINITY : 1,
    closed: isFiltered ? nothingClosed : bookkeeping,
  });
  const title = cutLine([dim('with '), plain(safeText(filter, {maxCells: 40}))], width);
  return isFiltered ? [{line: title}, ...tree] : tree;
};
