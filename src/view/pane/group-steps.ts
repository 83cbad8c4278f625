import {getElapsedMs, type Instant} from '../../domain/instant.js';
import {memoizeLast} from '../../domain/memoize.js';
import {findLatestAttempt, type Step} from '../../domain/step.js';
import {findStepAt, type GroupMembers, type TableStructure} from '../../domain/step-table.js';
import {countCells, padEnd} from '../../format/cells.js';
import type {MarkedLine} from '../../format/detail/content.js';
import {getValueCells, renderField} from '../../format/detail/field.js';
import {formatDuration} from '../../format/duration.js';
import {type Line, renderDim} from '../../format/line.js';
import {sanitizeText} from '../../format/safe-text.js';
import {sanitizeToWidth} from '../../format/sanitize-to-width.js';
import {getStatusTone} from '../../format/status-words.js';
import type {OpenRun} from '../../store/run/open-run.js';
import type {State} from '../../store/state.js';

const maxNameCells = 40;

/** A group, and what is known about the run that its steps belong to. */
export type GroupInput = Pick<State, 'session'> & {
  readonly group: GroupMembers;
  readonly openRun: OpenRun;
  /** By the server's clock. */
  readonly now: Instant;
  readonly width: number;
};

/** The steps at these indexes in the table. */
export const findSteps = ({openRun}: GroupInput, indexes: readonly number[]): readonly Step[] =>
  indexes.flatMap(index => findStepAt(openRun.table, index) ?? []);

export const formatStepName = ({name}: Step): string => sanitizeToWidth(name, maxNameCells);

/** The cells of a duration, and the gap after it. */
const timeCells = 9;

/**
 * How many cells the longest name in the group takes: names are equally wide in all sections of the pane, and reasons get the rest.
 */
const measureLongestName = memoizeLast((structure: TableStructure, {indexes}: GroupMembers): number => {
  const names = [...structure.indexByName.keys()];
  return indexes.reduce((most, index) => Math.max(most, countCells(sanitizeText(names[index] ?? ''))), 0);
});

/** A step with its duration and `reason`, as a link to it. */
export const renderStep = (
  label: string,
  step: Step,
  {openRun, group, now, width}: GroupInput,
  reason: string | undefined,
): MarkedLine => {
  const attempt = findLatestAttempt(step);
  const ms = attempt && getElapsedMs(attempt, now);
  const time = ms === undefined ? '' : formatDuration(ms);
  const longest = measureLongestName(openRun.table.structure, group) + 1;
  const nameCells = Math.max(8, Math.min(maxNameCells, longest, getValueCells(width) - timeCells));
  const line: Line = [
    {text: padEnd(sanitizeToWidth(step.name, nameCells - 1), nameCells), tone: 'link'},
    {text: time.padStart(timeCells - 2), tone: attempt === undefined ? 'plain' : getStatusTone(attempt.status)},
    ...(reason === undefined ? [] : [renderDim('  '), {text: reason, tone: 'bad'} as const]),
  ];
  return {line, mark: {key: `${label}:${step.name}`, target: {kind: 'step', name: step.name}}};
};

/** The lines with a label in front of the first one; the others are indented by as much. */
export const labelLines = (label: string, lines: readonly MarkedLine[]): readonly MarkedLine[] => {
  const beside = renderField(
    label,
    lines.map(({line}) => line),
  );
  return lines.map((marked, index) => ({...marked, line: beside[index] ?? marked.line}));
};
