import {type Phase, phaseOf} from '../../domain/status.js';
import {type Step, stepStatus} from '../../domain/step.js';
import {type GroupMembers, stepAt} from '../../domain/step-table.js';
import {field, valueCells} from '../../format/detail/field.js';
import {blankLine, dim, type Line, plain, strong} from '../../format/line.js';
import {cutLine} from '../../format/line-cells.js';
import {formatCount} from '../../format/number.js';
import {plural} from '../../format/plural.js';
import {safeText} from '../../format/safe-text.js';
import {toneOfStatus} from '../../format/status-words.js';
import {flowFacts} from '../../format/wrap.js';
import type {Watch} from '../../store/state.js';
import {countParts, doneOf, totalOf} from '../header/progress.js';

const shownNames = 8;

/*
 *     steps    131 of 200 done · 130 completed · 1 failed · 8 running · 61 waiting
 *     kind     map
 *
 *     failed   embed:7
 *     running  embed:130 · embed:131 · and 6 more
 */

/** What the pane says of a group of steps: how far they are, and which of them need to be looked at. */
export const groupLines = (group: GroupMembers, watch: Watch, width: number): readonly Line[] => {
  const counts = watch.table.countsByGroup.get(group.id) ?? {};
  const isRunOver = watch.overAt !== undefined;
  const done: Line = [strong(formatCount(doneOf(counts))), dim(` of ${formatCount(totalOf(counts))} done`)];
  const kinds = countParts(counts, isRunOver).map(
    ({status, tone, count}): Line => [{text: `${formatCount(count)} ${status}`, tone}],
  );
  const named = [
    ...namesField('failed', 'failed', group, watch, width),
    ...namesField('running', 'active', group, watch, width),
  ];
  return [
    ...field('steps', flowFacts([done, ...kinds], valueCells(width))),
    ...field('kind', [[plain(safeText(group.type, {maxCells: 40}))]]),
    ...(named.length === 0 ? [] : [blankLine, ...named]),
  ].map(line => cutLine(line, width));
};

const namesField = (label: string, phase: Phase, group: GroupMembers, watch: Watch, width: number): readonly Line[] => {
  const isRunOver = watch.overAt !== undefined;
  const steps = group.indexes
    .map(index => stepAt(watch.table, index))
    .filter((step): step is Step => step !== undefined && phaseOf(stepStatus(step, isRunOver)) === phase);
  const facts = steps
    .slice(0, shownNames)
    .map(
      (step): Line => [{text: safeText(step.name, {maxCells: 40}), tone: toneOfStatus(stepStatus(step, isRunOver))}],
    );
  const rest = steps.length - facts.length;
  return field(
    label,
    flowFacts([...facts, ...(rest > 0 ? [[dim(`and ${plural(rest, 'more', 'more')}`)]] : [])], valueCells(width)),
  );
};
