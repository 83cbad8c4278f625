import {getTotalMs} from '../../domain/instant.js';
import {getMedian} from '../../domain/median.js';
import type {Run} from '../../domain/run.js';
import {compareRunSetups, findLastGoodRun, type RunDifference} from '../../domain/run-changes.js';
import {formatJsonLine} from '../json-text.js';
import {type Line, renderDim, renderPlain, renderStrong, type Segment, type Tone} from '../line.js';
import {arrow, levelSigns, noValue, outcomeSigns} from '../marks.js';
import {sanitizeToWidth} from '../sanitize-to-width.js';
import {getStatusTone} from '../status-words.js';
import type {MarkedLine} from './content.js';
import {renderFactField, renderField} from './field.js';

type RecentRunsInput = {
  readonly run: Run;
  /** How long the run has taken so far, in milliseconds. */
  readonly elapsedMs: number | undefined;
  /** Previous runs of the pipeline, newest first; `undefined` until they have been fetched. */
  readonly previous: readonly Run[] | undefined;
  readonly width: number;
};

/** This run and the nine before it. */
const maxRuns = 10;

const maxNameCells = 40;

/**
 * The last ten runs of the pipeline, oldest first: how long each took and how it went, and what has changed since the last one
 * that completed:
 *
 *     recent   ▃ ▃ ▄ ▃ ▁ ▃ ▃ █
 *              ✓ ✓ ✓ ✓ ✗ ✓ ✓ ◒
 *     changed  since #41: lr 0.01 → 0.02 · commit 1a2b3c4d → 5e6f7a8b
 */
export const renderRecentRuns = (input: RecentRunsInput): readonly MarkedLine[] => {
  const {run, previous, width} = input;
  if (previous === undefined || run.pipeline === undefined) {
    return [];
  }

  const shownRuns = [...previous.slice(0, maxRuns - 1).toReversed(), run];
  const durations = shownRuns.map(each => (each === run ? input.elapsedMs : getTotalMs(each)));
  const longestMs = Math.max(...durations.map(ms => ms ?? 0));
  const bars = shownRuns.map(({status}, index): Segment => {
    const ms = durations[index];
    return {text: `${ms === undefined ? ' ' : getLevelSign(ms, longestMs)} `, tone: getStatusTone(status)};
  });
  const outcomes = shownRuns.map(({status}): Segment => {
    const tone = getStatusTone(status);
    return {text: `${getOutcomeSign(tone)} `, tone};
  });
  return [
    ...renderField('recent', [bars, [...outcomes, renderDim('  this run is last')]]).map(line => ({line})),
    ...renderChanges(run, previous, width),
  ];
};

/** The median duration of the previous runs that completed, in milliseconds; `undefined` if none did. */
export const getUsualRunMs = (previous: readonly Run[]): number | undefined =>
  getMedian(previous.filter(({status}) => status === 'completed').flatMap(run => getTotalMs(run) ?? []));

const getLevelSign = (ms: number, longestMs: number): string => {
  const level = longestMs === 0 ? 0 : Math.ceil((ms / longestMs) * levelSigns.length) - 1;
  return levelSigns[Math.min(levelSigns.length - 1, Math.max(0, level))] ?? noValue;
};

const getOutcomeSign = (tone: Tone): string => {
  switch (tone) {
    case 'good':
    case 'bad':
    case 'busy':
    case 'ended':
      return outcomeSigns[tone];

    default:
      return outcomeSigns.waiting;
  }
};

const renderChanges = (run: Run, previous: readonly Run[], width: number): readonly MarkedLine[] => {
  const good = findLastGoodRun(previous);
  if (good === undefined) {
    const words = previous.length === 0 ? 'first run of this pipeline' : 'none of the previous runs completed';
    return renderField('changed', [[renderDim(words)]]).map(line => ({line}));
  }

  if (good.config === undefined || run.config === undefined) {
    return [];
  }

  const changes = compareRunSetups(good, run);
  const since: Line = [renderDim('since '), {text: formatRunLabel(good), tone: 'link'}];
  const [first, ...others] = changes.map(renderChange);
  const facts =
    first === undefined
      ? [
          [
            ...since,
            renderDim(
              `: ${hasParameters(good) || hasParameters(run) ? 'parameters, ' : ''}stack and versions are the same`,
            ),
          ],
        ]
      : [[...since, renderDim(': '), ...first], ...others];
  return renderFactField('changed', facts, width).map((line, index) =>
    index === 0 ? {line, mark: {key: 'last good run', target: {kind: 'run', runId: good.id}}} : {line},
  );
};

/** Up to 0.90, the server records no parameters of a run, so nothing can be said about them. */
const hasParameters = ({config}: Run): boolean => Object.keys(config?.parameters ?? {}).length > 0;

/** `#41`, or the name of a run without a number. */
const formatRunLabel = ({index, name}: Pick<Run, 'index' | 'name'>): string =>
  index === undefined ? sanitizeToWidth(name, maxNameCells) : `#${index}`;

const maxValueCells = 24;

const renderChange = ({what, before, after}: RunDifference): Line => {
  const format = (value: RunDifference['before']) =>
    value === undefined
      ? 'none'
      : formatJsonLine(what === 'commit' && typeof value === 'string' ? value.slice(0, 8) : value, maxValueCells);
  return [
    renderDim(`${sanitizeToWidth(what, maxValueCells)} `),
    renderPlain(format(before)),
    renderDim(` ${arrow} `),
    renderStrong(format(after)),
  ];
};
