import {getGroupDigest, pickSlowest} from '../../domain/group-digest.js';
import {getElapsedMs, type Instant} from '../../domain/instant.js';
import {getMedian} from '../../domain/median.js';
import {findLatestAttempt, getStepStatus, type Step} from '../../domain/step.js';
import {findStepAt, type GroupMembers} from '../../domain/step-table.js';
import {padEnd} from '../../format/cells.js';
import {formatFailureReason} from '../../format/detail/attempt-lines.js';
import {createUnmarkedLines, type MarkedLine} from '../../format/detail/content.js';
import {getValueCells, renderField} from '../../format/detail/field.js';
import {formatDuration} from '../../format/duration.js';
import {blankLine, cutLine, type Line, renderDim, renderPlain, renderStrong} from '../../format/line.js';
import {timesSign} from '../../format/marks.js';
import {formatCount} from '../../format/number.js';
import {pluralize} from '../../format/plural.js';
import {sanitizeToWidth} from '../../format/sanitize-to-width.js';
import {getStatusTone} from '../../format/status-words.js';
import {flowFacts} from '../../format/wrap.js';
import type {OpenRun} from '../../store/run/open-run.js';
import {countDoneSteps, getCountParts} from '../header/progress.js';
import {getGroupSize} from '../list/group-facts.js';

/*
 *     steps    131 of 200 done · 130 completed · 1 failed · 8 running · 61 waiting
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

const maxShownFailures = 8;
const maxShownRunning = 6;
const maxNameCells = 40;

type GroupInput = {
  readonly group: GroupMembers;
  readonly openRun: OpenRun;
  readonly now: Instant;
  readonly width: number;
};

/**
 * The pane of a group of steps: progress, the distribution of durations, failures by exception, and links to the failed, running
 * and slowest steps. `now` is by the server's clock.
 */
export const renderGroup = (parts: GroupInput): readonly MarkedLine[] => {
  const {width} = parts;
  return [
    ...createUnmarkedLines([...renderCounts(parts), ...renderKind(parts), ...renderDurations(parts)]),
    ...withBlankLine(renderFailed(parts)),
    ...withBlankLine(createUnmarkedLines(renderRunning(parts))),
    ...withBlankLine(renderSlowest(parts)),
  ].map(({line, ...others}) => ({line: cutLine(line, width), ...others}));
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
  return renderField('steps', flowFacts([done, ...kinds], getValueCells(width)));
};

const renderKind = ({group, openRun, now, width}: GroupInput): readonly Line[] => {
  const {startedAt, endedAt, active, durations} = getGroupDigest(openRun.table, group.id);
  const isGoingOn = active.length > 0;
  const ms = getElapsedMs({startedAt, endedAt: isGoingOn ? undefined : endedAt}, now);
  const time: readonly Line[] =
    ms === undefined
      ? []
      : [[renderStrong(formatDuration(floorToSecond(ms))), renderDim(isGoingOn ? ' so far' : ' total')]];
  return renderField(
    'kind',
    flowFacts(
      [[renderPlain(sanitizeToWidth(group.type, 40))], ...time, renderRate(durations.length, ms)],
      getValueCells(width),
    ),
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

/** Fewer durations than this are listed as the slowest steps anyway. */
const minDurations = 3;

/** The distribution of the durations of completed steps. */
const renderDurations = ({group, openRun, width}: GroupInput): readonly Line[] => {
  const sorted = getGroupDigest(openRun.table, group.id).durations.toSorted((one, other) => one - other);
  const median = getMedian(sorted);
  if (median === undefined || sorted.length < minDurations) {
    return [];
  }

  const p95 = sorted[Math.ceil(sorted.length * 0.95) - 1] ?? median;
  const facts = [
    ['median', median],
    ['p95', p95],
    ['min', sorted[0] ?? median],
  ] as const;
  return renderField(
    'times',
    flowFacts(
      facts.map(([name, ms]): Line => [renderDim(`${name} `), renderStrong(formatDuration(ms))]),
      getValueCells(width),
    ),
  );
};

const floorToSecond = (ms: number): number => (ms < 1000 ? ms : Math.floor(ms / 1000) * 1000);

const renderFailed = (parts: GroupInput): readonly MarkedLine[] => {
  const {failed} = getGroupDigest(parts.openRun.table, parts.group.id);
  const steps = findSteps(parts, failed);
  const reasons = countFailureReasons(steps, parts.openRun);
  const shown = steps.slice(0, maxShownFailures);
  const rest = failed.length - shown.length;
  return labelLines('failed', [
    ...reasons.map(
      ([reason, count]): MarkedLine => ({
        line: [renderStrong(`${formatCount(count)}${timesSign} `), {text: reason, tone: 'bad'}],
      }),
    ),
    ...shown.map(step => renderStep('failed', step, parts, findUniqueReason(step, parts.openRun, reasons))),
    ...(rest > 0 ? [{line: [renderDim(`and ${pluralize(rest, 'more', 'more')} (e: go to the next)`)]}] : []),
  ]);
};

/** More different reasons are not counted. */
const maxReasons = 5;

/** Reasons that several steps share, the most frequent first, as far as their details are loaded. */
const countFailureReasons = (
  steps: readonly Step[],
  openRun: OpenRun,
): readonly (readonly [reason: string, count: number])[] => {
  const counts = new Map<string, number>();
  for (const step of steps) {
    const reason = findFailureReason(step, openRun);
    if (reason !== undefined) {
      counts.set(reason, (counts.get(reason) ?? 0) + 1);
    }
  }

  return [...counts]
    .filter(([, count]) => count > 1)
    .sort(([, one], [, other]) => other - one)
    .slice(0, maxReasons);
};

/** A reason that is counted above is not repeated. */
const findUniqueReason = (
  step: Step,
  openRun: OpenRun,
  reasons: ReturnType<typeof countFailureReasons>,
): string | undefined => {
  const reason = findFailureReason(step, openRun);
  return reasons.some(([shared]) => shared === reason) ? undefined : reason;
};

/** Known only for steps whose details are loaded. */
const findFailureReason = (step: Step, {detailsById}: OpenRun): string | undefined => {
  const attempt = findLatestAttempt(step);
  return attempt && formatFailureReason(detailsById.get(attempt.id)?.exception);
};

const renderRunning = (parts: GroupInput): readonly Line[] => {
  const {active} = getGroupDigest(parts.openRun.table, parts.group.id);
  const shown = findSteps(parts, active.slice(0, maxShownRunning)).map(
    (step): Line => [{text: formatStepName(step), tone: getStatusTone(getStepStatus(step, false))}],
  );
  const rest = active.length - shown.length;
  const more: readonly Line[] = rest > 0 ? [[renderDim(`and ${pluralize(rest, 'more', 'more')}`)]] : [];
  return renderField('running', flowFacts([...shown, ...more], getValueCells(parts.width)));
};

const renderSlowest = (parts: GroupInput): readonly MarkedLine[] => {
  const slowest = pickSlowest(getGroupDigest(parts.openRun.table, parts.group.id), parts.now);
  const steps = findSteps(
    parts,
    slowest.map(({place}) => place),
  );
  return labelLines(
    'slowest',
    steps.map(step => renderStep('slowest', step, parts, undefined)),
  );
};

const findSteps = ({openRun}: GroupInput, places: readonly number[]): readonly Step[] =>
  places.flatMap(place => findStepAt(openRun.table, place) ?? []);

const formatStepName = ({name}: Step): string => sanitizeToWidth(name, maxNameCells);

const timeCells = 9;

const renderStep = (label: string, step: Step, {now, width}: GroupInput, reason: string | undefined): MarkedLine => {
  const attempt = findLatestAttempt(step);
  const ms = attempt && getElapsedMs(attempt, now);
  const time = ms === undefined ? '' : formatDuration(attempt?.endedAt === undefined ? floorToSecond(ms) : ms);
  const nameCells = Math.max(8, Math.min(maxNameCells, getValueCells(width) - timeCells));
  const line: Line = [
    {text: padEnd(sanitizeToWidth(step.name, nameCells - 1), nameCells), tone: 'link'},
    {text: time.padStart(timeCells - 2), tone: attempt === undefined ? 'plain' : getStatusTone(attempt.status)},
    ...(reason === undefined ? [] : [renderDim('  '), {text: reason, tone: 'bad'} as const]),
  ];
  return {line, mark: {key: `${label}:${step.name}`, target: {kind: 'step', name: step.name}}};
};

/** The lines beside a label, which is in the first of them. */
const labelLines = (label: string, lines: readonly MarkedLine[]): readonly MarkedLine[] => {
  const beside = renderField(
    label,
    lines.map(({line}) => line),
  );
  return lines.map((marked, at) => ({...marked, line: beside[at] ?? marked.line}));
};
