import {getGroupDigest, pickSlowest} from '../../domain/group-digest.js';
import {findStepAt, type GroupMembers} from '../../domain/step-table.js';
import {getGroupWork} from '../../domain/timeline/group-work.js';
import type {StepSpan} from '../../domain/timeline/step-span.js';
import {formatDuration} from '../../format/duration.js';
import {createSegment, joinLines, type Line, renderDim, renderPlain} from '../../format/line.js';
import {formatCount} from '../../format/number.js';
import {sanitizeToWidth} from '../../format/sanitize-to-width.js';
import {formatRoughDuration} from '../../format/time-left-words.js';
import type {OpenRun} from '../../store/run/open-run.js';
import type {TimelineFacts} from '../../store/timeline/timeline-facts.js';
import {countDoneSteps} from '../header/progress.js';
import {getGroupSize} from '../list/group-facts.js';
import {dot, renderItemTime, renderName, renderSpan} from './selected-span.js';

/** The progress of a group, how long its items take, and what it waited for as a whole. */
export const renderSelectedGroup = (
  openRun: OpenRun,
  facts: TimelineFacts,
  group: GroupMembers,
  span: StepSpan,
): readonly Line[] => [
  renderCounts(openRun, facts, group, span),
  renderItems(openRun, facts, group),
  ...renderSpan(openRun, facts, span).slice(1),
];

const renderCounts = ({table}: OpenRun, facts: TimelineFacts, group: GroupMembers, span: StepSpan): Line => {
  const {active} = getGroupDigest(table, group.id);
  const {mostAtOnce} = getGroupWork(table, group.id);
  const counts = table.countsByGroup.get(group.id) ?? {};
  const {failed = 0} = counts;
  const whole = facts.mapForecastsById.get(group.id)?.whole;
  return joinLines(
    [
      renderName(group.name),
      [
        renderPlain(`${formatCount(countDoneSteps(counts))} of ${formatCount(getGroupSize(group, table))}`),
        renderDim(' done'),
      ],
      failed === 0 ? [] : [createSegment(`${formatCount(failed)} failed`, 'bad')],
      active.length === 0
        ? [renderDim('took '), renderPlain(formatDuration(span.endedAt - span.startedAt))]
        : [renderPlain(formatCount(active.length)), renderDim(' running')],
      [renderDim('at most '), renderPlain(formatCount(mostAtOnce)), renderDim(' at once')],
      whole === undefined
        ? []
        : [renderDim('left '), renderPlain(`~${formatRoughDuration(whole.endAt - facts.times.until)}`)],
      [facts.pathSteps.has(group.name) ? renderPlain('on the critical path') : renderDim('not on the critical path')],
    ],
    dot,
  );
};

const renderItems = ({table}: OpenRun, {mapForecastsById, times}: TimelineFacts, {id}: GroupMembers): Line => {
  const digest = getGroupDigest(table, id);
  const {retriedCount} = getGroupWork(table, id);
  const [slowest] = pickSlowest(digest, times.until);
  const name = slowest && findStepAt(table, slowest.index)?.name;
  return joinLines(
    [
      renderItemTime(mapForecastsById.get(id)),
      name === undefined || slowest === undefined
        ? []
        : [
            renderDim(`slowest ${sanitizeToWidth(name, maxNameCells)} `),
            renderPlain(formatDuration((slowest.endedAt ?? times.until) - slowest.startedAt)),
          ],
      retriedCount === 0 ? [] : [renderPlain(formatCount(retriedCount)), renderDim(' needed another attempt')],
    ],
    dot,
  );
};

const maxNameCells = 40;
