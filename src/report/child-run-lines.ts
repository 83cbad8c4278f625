import {countChildRuns} from '../domain/child-run-counts.js';
import {getChildRunLabel} from '../domain/dag.js';
import {formatDuration} from '../format/duration.js';
import {type Line, renderDim, renderPlain, renderStrong} from '../format/line.js';
import {pluralize} from '../format/plural.js';
import {sanitizeToWidth} from '../format/sanitize-to-width.js';
import {renderCountSegments} from './format-words.js';
import type {KnownRun} from './known-run.js';

/** More failed child runs are only counted. */
const maxListed = 5;

/**
 * `3 child runs: 2 completed · 1 failed`, and a line for each failed one, as child runs are not among the steps. Empty without
 * child runs.
 */
export const renderChildRuns = ({childRuns}: Pick<KnownRun, 'childRuns'>): readonly Line[] => {
  const failed = childRuns.filter(({status}) => status?.status === 'failed');
  const more = failed.length - maxListed;
  return childRuns.length === 0
    ? []
    : [
        [
          renderPlain(`${pluralize(childRuns.length, 'child run')}: `),
          ...renderCountSegments(countChildRuns(childRuns), false),
        ],
        ...failed
          .slice(0, maxListed)
          .map(
            (child): Line => [
              renderPlain('  '),
              renderStrong(sanitizeToWidth(getChildRunLabel(child), 60)),
              {text: ' failed', tone: 'bad'},
              renderPlain(child.durationMs === undefined ? '' : ` after ${formatDuration(child.durationMs)}`),
            ],
          ),
        ...(more > 0 ? [[renderDim(`  and ${pluralize(more, 'more failed child run')}`)]] : []),
      ];
};
