import type {StepDetail} from '../../domain/attempt.js';
import type {JsonRecord} from '../../domain/json.js';
import type {Run} from '../../domain/run.js';
import {isUnset} from '../json-parts.js';
import {cutLine, renderDim, renderPlain} from '../line.js';
import {sanitizeToWidth} from '../sanitize-to-width.js';
import {buildConfigRecord, unsetName} from './config-record.js';
import type {MarkedLine} from './content.js';
import {renderTree} from './tree.js';
import {filterTree} from './tree-filter.js';

export type ConfigView = {
  readonly width: number;
  readonly filter: string;
  readonly isToggled: (section: string) => boolean;
};

/** Sections that are rarely needed start closed. */
const bookkeeping: ReadonlySet<string> = new Set([
  'substitutions',
  'cache_policy',
  'outputs',
  'caching_parameters',
  unsetName,
]);
const noneClosed: ReadonlySet<string> = new Set();

/**
 * The configuration of a step as a tree:
 *
 *     ▾ parameters    2 entries
 *         lr      0.02
 *         epochs  20
 *       source        pipelines.train.trainer
 *     ▸ cache_policy  9 entries  {include_step_code: true, …
 *     ▾ pipeline      3 entries
 *       …
 *     ▸ not set       14 entries  {…
 */
export const renderConfig = (detail: StepDetail, run: Run | undefined, view: ConfigView): readonly MarkedLine[] =>
  renderTreeTab(
    isUnset(detail.config.whole) ? undefined : buildConfigRecord(detail, run),
    'no configuration available',
    view,
  );

/** Renders the part of a record that matches the filter as a tree, or the text `otherwise` if the record is empty. */
export const renderTreeTab = (
  record: JsonRecord | undefined,
  otherwise: string,
  {filter, width, isToggled}: ConfigView,
): readonly MarkedLine[] => {
  if (record === undefined || isUnset(record)) {
    return [{line: [renderDim(otherwise)]}];
  }

  const matches = filterTree(record, filter);
  if (matches === undefined) {
    return [{line: cutLine([renderDim('no match for '), renderPlain(sanitizeToWidth(filter, 40))], width)}];
  }

  const isFiltered = filter !== '';
  const tree = renderTree(matches, {
    width,
    indent: 0,
    path: isFiltered ? 'config found' : 'config',
    isToggled,
    openLevels: isFiltered ? Number.POSITIVE_INFINITY : 1,
    closed: isFiltered ? noneClosed : bookkeeping,
  });
  const title = cutLine([renderDim('matching '), renderPlain(sanitizeToWidth(filter, 40))], width);
  return isFiltered ? [{line: title}, ...tree] : tree;
};
