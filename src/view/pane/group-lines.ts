import {getGroupDigest, pickSlowest} from '../../domain/group-digest.js';
import {getElapsedMs} from '../../domain/instant.js';
import {getMedian} from '../../domain/median.js';
import {getStepStatus} from '../../domain/step.js';
import {createUnmarkedLines, type MarkedLine} from '../../format/detail/content.js';
import {renderFactField} from '../../format/detail/field.js';
import {formatDuration} from '../../format/duration.js';
import {blankLine, cutLine, type Line, renderDim, renderPlain, renderStrong} from '../../format/line.js';
import {formatCount} from '../../format/number.js';
import {pluralize} from '../../format/plural.js';
import {sanitizeToWidth} from '../../format/sanitize-to-width.js';
import {getStatusTone} from '../../format/status-words.js';
import {countDoneSteps, getCountParts} from '../header/progress.js';
import {getGroupSize} from '../list/group-facts.js';
import {renderFailedSteps} from './group-failures.js';
import {findSteps, formatStepName, type GroupInput, labelLines, renderStep} from './group-steps.js';

/*
 *     steps    134 of 200 done · 130 completed · 4 failed · 8 running · 58 waiting
 *     kind     map · 6m 02s so far · 22/min
 *     times    median 12s · p95 40s · min 3s
 *
 *     failed   4× 429 Too Many Requests
 *              embed:7                             3s
 *              embed:31                            2s
 *              and 2 more (e: go to the next)
 *
 *     running  embed:130 · embed:131 · and 6 more
 *
 *     slowest  embed:55                           41s
 *              embed:12                           39s
 */

const maxShownRunning = 6;

/**
 * The pane of a group of steps: progress, the distribution of durations, failures by exception, the running steps, and links to
 * the failed and slowest ones.
 */
export const renderGroup = (input: GroupInput): readonly MarkedLine[] => {
  const {width} = input;
  return [
    ...createUnmarkedLines([...renderCounts(input), ...renderKind(input), ...renderDurations(input)]),
    ...withBlankLine(renderFailedSteps(input)),
    ...withBlankLine(createUnmarkedLines(renderRunning(input))),
    ...withBlankLine(renderSlowest(input)),
  ].map(marked => ({...marked, line: cutLine(marked.line, width)}));
};

const withBlankLine = (lines: readonly MarkedLine[]): readonly MarkedLine[] =>
  lines.length === 0 ? [] : [{line: blankLine}, ...lines];

const renderCounts = ({group, openRun, width}: GroupInput): readonly Line[] => {
  const counts = openRun.table.countsByGroup.get(group.id) ?? {};
  const done: Line = [
    renderStrong(formatCount(countDoneSteps(counts))),
    renderDim(` of ${formatCount(getGroupSize(group, openRun.table))} done`),
  ];
  const kinds = getCountParts(counts, openRun.overAt !== undefined).map(
    ({status, tone, count}): Line => [{text: `${formatCount(count)} ${status}`, tone}],
  );
  return renderFactField('steps', [done, ...kinds], width);
};

const renderKind = ({group, openRun, now, width}: GroupInput): readonly Line[] => {
  const {startedAt, endedAt, active, durations} = getGroupDigest(openRun.table, group.id);
  const isActive = active.length > 0;
  const ms = getElapsedMs({startedAt, endedAt: isActive ? undefined : endedAt}, now);
  const time: readonly Line[] =
    ms === undefined ? [] : [[renderStrong(formatDuration(ms)), renderDim(isActive ? ' so far' : ' total')]];
  return renderFactField(
    'kind',
    [[renderPlain(sanitizeToWidth(group.type, 40))], ...time, renderRate(durations.length, ms)],
    width,
  );
};

/** How many steps complete per second, minute or hour; empty for fewer than two. */
const renderRate = (count: number, ms: number | undefined): Line => {
  if (count < 2 || ms === undefined || ms <= 0) {
    return [];
  }

  const perMinute = (count * 60_000) / ms;
  const [rate, unit] =
    perMinute >= 100 ? [perMinute / 60, 's'] : perMinute >= 1 ? [perMinute, 'min'] : [perMinute * 60, 'h'];
  return [renderStrong(String(Number(rate.toPrecision(2)))), renderDim(`/${unit}`)];
};

/** With fewer durations than this, the list of the slowest steps shows them all anyway. */
const minDurations = 3;

/** The distribution of the durations of completed steps. */
const renderDurations = ({group, openRun, width}: GroupInput): readonly Line[] => {
  const durations = getGroupDigest(openRun.table, group.id).durations.toSorted((one, other) => one - other);
  const median = getMedian(durations);
  if (median === undefined || durations.length < minDurations) {
    return [];
  }

  const p95 = durations[Math.ceil(durations.length * 0.95) - 1] ?? median;
  const facts = [
    ['median', median],
    ['p95', p95],
    ['min', durations[0] ?? median],
  ] as const;
  return renderFactField(
    'times',
    facts.map(([name, ms]): Line => [renderDim(`${name} `), renderStrong(formatDuration(ms))]),
    width,
  );
};

const renderRunning = (input: GroupInput): readonly Line[] => {
  const {active} = getGroupDigest(input.openRun.table, input.group.id);
  const shown = findSteps(input, active.slice(0, maxShownRunning)).map(
    (step): Line => [{text: formatStepName(step), tone: getStatusTone(getStepStatus(step, false))}],
  );
  const moreCount = active.length - shown.length;
  const more: readonly Line[] = moreCount > 0 ? [[renderDim(`and ${pluralize(moreCount, 'more', 'more')}`)]] : [];
  return renderFactField('running', [...shown, ...more], input.width);
};

const renderSlowest = (input: GroupInput): readonly MarkedLine[] => {
  const slowest = pickSlowest(getGroupDigest(input.openRun.table, input.group.id), input.now);
  const steps = findSteps(
    input,
    slowest.map(({index}) => index),
  );
  return labelLines(
    'slowest',
    steps.map(step => renderStep('slowest', step, input, undefined)),
  );
};
