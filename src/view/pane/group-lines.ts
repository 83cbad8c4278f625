import {getGroupDigest, pickSlowest} from '../../domain/group-digest.js';
import {getElapsedMs, type Instant} from '../../domain/instant.js';
import {findLatestAttempt, getStepStatus, type Step} from '../../domain/step.js';
import {findStepAt, type GroupMembers} from '../../domain/step-table.js';
import {padEnd} from '../../format/cells.js';
import {formatFailureReason} from '../../format/detail/attempt-lines.js';
import {createUnmarkedLines, type MarkedLine} from '../../format/detail/content.js';
import {getValueCells, renderField} from '../../format/detail/field.js';
import {formatDuration} from '../../format/duration.js';
import {blankLine, cutLine, type Line, renderDim, renderPlain, renderStrong} from '../../format/line.js';
import {formatCount} from '../../format/number.js';
import {pluralize} from '../../format/plural.js';
import {sanitizeToWidth} from '../../format/sanitize-to-width.js';
import {getStatusTone} from '../../format/status-words.js';
import {flowFacts} from '../../format/wrap.js';
import type {OpenRun} from '../../store/run/open-run.js';
import {countAllSteps, countDoneSteps, getCountParts} from '../header/progress.js';

/*
 *     steps    131 of 200 done · 130 completed · 1 failed · 8 running · 61 waiting
 *     kind     map · 6m 02s so far
 *
 *     failed   embed:7                             3s  429 Too Many Requests
 *              embed:31                            2s
 *              and 4 more (e: go to the next)
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
 * The pane of a group of steps: progress, and links to the failed, running and slowest ones. However
 * many steps there are, only those named are looked up. `now` is by the server's clock.
 */
export const renderGroup = (parts: GroupInput): readonly MarkedLine[] => {
  const {width} = parts;
  return [
    ...createUnmarkedLines([...renderCounts(parts), ...renderKind(parts)]),
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
    renderDim(` of ${formatCount(countAllSteps(counts))} done`),
  ];
  const kinds = getCountParts(counts, openRun.overAt !== undefined).map(
    ({status, tone, count}): Line => [{text: `${formatCount(count)} ${status}`, tone}],
  );
  return renderField('steps', flowFacts([done, ...kinds], getValueCells(width)));
};

const renderKind = ({group, openRun, now, width}: GroupInput): readonly Line[] => {
  const {startedAt, endedAt, active} = getGroupDigest(openRun.table, group.id);
  const isGoingOn = active.length > 0;
  const ms = getElapsedMs({startedAt, endedAt: isGoingOn ? undefined : endedAt}, now);
  const time: readonly Line[] =
    ms === undefined
      ? []
      : [[renderStrong(formatDuration(floorToSecond(ms))), renderDim(isGoingOn ? ' so far' : ' total')]];
  return renderField(
    'kind',
    flowFacts([[renderPlain(sanitizeToWidth(group.type, 40))], ...time], getValueCells(width)),
  );
};

const floorToSecond = (ms: number): number => (ms < 1000 ? ms : Math.floor(ms / 1000) * 1000);

const renderFailed = (parts: GroupInput): readonly MarkedLine[] => {
  const {failed} = getGroupDigest(parts.openRun.table, parts.group.id);
  const shown = findSteps(parts, failed.slice(0, maxShownFailures));
  const rest = failed.length - shown.length;
  return labelLines('failed', [
    ...shown.map(step => renderStep('failed', step, parts, findFailureReason(step, parts.openRun))),
    ...(rest > 0 ? [{line: [renderDim(`and ${pluralize(rest, 'more', 'more')} (e: go to the next)`)]}] : []),
  ]);
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
