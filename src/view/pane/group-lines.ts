import {groupDigest, slowestOf} from '../../domain/group-digest.js';
import {elapsedMs, type Instant} from '../../domain/instant.js';
import {latestAttempt, type Step, stepStatus} from '../../domain/step.js';
import {type GroupMembers, stepAt} from '../../domain/step-table.js';
import {padEnd} from '../../format/cells.js';
import {reasonWords} from '../../format/detail/attempt-lines.js';
import {type MarkedLine, unmarked} from '../../format/detail/content.js';
import {field, valueCells} from '../../format/detail/field.js';
import {formatDuration} from '../../format/duration.js';
import {blankLine, dim, type Line, plain, strong} from '../../format/line.js';
import {cutLine} from '../../format/line-cells.js';
import {formatCount} from '../../format/number.js';
import {plural} from '../../format/plural.js';
import {safeText} from '../../format/safe-text.js';
import {toneOfStatus} from '../../format/status-words.js';
import {flowFacts} from '../../format/wrap.js';
import type {Watch} from '../../store/watch.js';
import {countParts, doneOf, totalOf} from '../header/progress.js';

/*
 *     steps    131 of 200 done · 130 completed · 1 failed · 8 running · 61 waiting
 *     kind     map · 6m 02s so far
 *
 *     failed   embed:7                             3s  429 Too Many Requests
 *              embed:31                            2s
 *              and 4 more: e goes from one to the next
 *
 *     running  embed:130 · embed:131 · and 6 more
 *
 *     slowest  embed:55                           41s
 *              embed:12                           39s
 */

const shownFailures = 8;
const shownRunning = 6;
const longestName = 40;

type Parts = {readonly group: GroupMembers; readonly watch: Watch; readonly now: Instant; readonly width: number};

/**
 * What the pane says of a group of steps: how far they are, and which of them need to be looked at, to be gone to. However
 * many there are, only those that are named are looked at. `now` is by the server's clock.
 */
export const groupLines = (parts: Parts): readonly MarkedLine[] => {
  const {width} = parts;
  return [
    ...unmarked([...countLines(parts), ...kindLines(parts)]),
    ...apart(failedLines(parts)),
    ...apart(unmarked(runningLines(parts))),
    ...apart(slowestLines(parts)),
  ].map(({line, ...others}) => ({line: cutLine(line, width), ...others}));
};

const apart = (lines: readonly MarkedLine[]): readonly MarkedLine[] =>
  lines.length === 0 ? [] : [{line: blankLine}, ...lines];

const countLines = ({group, watch, width}: Parts): readonly Line[] => {
  const counts = watch.table.countsByGroup.get(group.id) ?? {};
  const done: Line = [strong(formatCount(doneOf(counts))), dim(` of ${formatCount(totalOf(counts))} done`)];
  const kinds = countParts(counts, watch.overAt !== undefined).map(
    ({status, tone, count}): Line => [{text: `${formatCount(count)} ${status}`, tone}],
  );
  return field('steps', flowFacts([done, ...kinds], valueCells(width)));
};

const kindLines = ({group, watch, now, width}: Parts): readonly Line[] => {
  const {startedAt, endedAt, active} = groupDigest(watch.table, group.id);
  const isGoingOn = active.length > 0;
  const ms = elapsedMs({startedAt, endedAt: isGoingOn ? undefined : endedAt}, now);
  const time: readonly Line[] =
    ms === undefined ? [] : [[strong(formatDuration(wholeSecond(ms))), dim(isGoingOn ? ' so far' : ' in all')]];
  return field('kind', flowFacts([[plain(safeText(group.type, {maxCells: 40}))], ...time], valueCells(width)));
};

const wholeSecond = (ms: number): number => (ms < 1000 ? ms : Math.floor(ms / 1000) * 1000);

const failedLines = (parts: Parts): readonly MarkedLine[] => {
  const {failed} = groupDigest(parts.watch.table, parts.group.id);
  const shown = stepsAt(parts, failed.slice(0, shownFailures));
  const rest = failed.length - shown.length;
  return labelled('failed', [
    ...shown.map(step => stepLine('failed', step, parts, reasonOf(step, parts.watch))),
    ...(rest > 0 ? [{line: [dim(`and ${plural(rest, 'more', 'more')}: e goes from one to the next`)]}] : []),
  ]);
};

/** Known of those whose own page was looked at. */
const reasonOf = (step: Step, {detailsById}: Watch): string | undefined => {
  const attempt = latestAttempt(step);
  return attempt && reasonWords(detailsById.get(attempt.id)?.exception);
};

const runningLines = (parts: Parts): readonly Line[] => {
  const {active} = groupDigest(parts.watch.table, parts.group.id);
  const shown = stepsAt(parts, active.slice(0, shownRunning)).map(
    (step): Line => [{text: nameOf(step), tone: toneOfStatus(stepStatus(step, false))}],
  );
  const rest = active.length - shown.length;
  const more: readonly Line[] = rest > 0 ? [[dim(`and ${plural(rest, 'more', 'more')}`)]] : [];
  return field('running', flowFacts([...shown, ...more], valueCells(parts.width)));
};

const slowestLines = (parts: Parts): readonly MarkedLine[] => {
  const slowest = slowestOf(groupDigest(parts.watch.table, parts.group.id), parts.now);
  const steps = stepsAt(
    parts,
    slowest.map(({place}) => place),
  );
  return labelled(
    'slowest',
    steps.map(step => stepLine('slowest', step, parts, undefined)),
  );
};

const stepsAt = ({watch}: Parts, places: readonly number[]): readonly Step[] =>
  places.flatMap(place => stepAt(watch.table, place) ?? []);

const nameOf = ({name}: Step): string => safeText(name, {maxCells: longestName});

const timeCells = 9;

const stepLine = (label: string, step: Step, {now, width}: Parts, reason: string | undefined): MarkedLine => {
  const attempt = latestAttempt(step);
  const ms = attempt && elapsedMs(attempt, now);
  const time = ms === undefined ? '' : formatDuration(attempt?.endedAt === undefined ? wholeSecond(ms) : ms);
  const nameCells = Math.max(8, Math.min(longestName, valueCells(width) - timeCells));
  const line: Line = [
    {text: padEnd(safeText(step.name, {maxCells: nameCells - 1}), nameCells), tone: 'link'},
    {text: time.padStart(timeCells - 2), tone: attempt === undefined ? 'plain' : toneOfStatus(attempt.status)},
    ...(reason === undefined ? [] : [dim('  '), {text: reason, tone: 'bad'} as const]),
  ];
  return {line, mark: {key: `${label}:${step.name}`, target: {kind: 'step', name: step.name}}};
};

/** Each line beside the label, which stands in the first of them. */
const labelled = (label: string, lines: readonly MarkedLine[]): readonly MarkedLine[] => {
  const beside = field(
    label,
    lines.map(({line}) => line),
  );
  return lines.map((marked, at) => ({...marked, line: beside[at] ?? marked.line}));
};
