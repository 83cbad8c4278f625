import {buildRunUrl} from '../domain/run-url.js';
import {findLatestAttempt, type Step} from '../domain/step.js';
import {iterateSteps} from '../domain/step-table.js';
import {formatDuration} from '../format/duration.js';
import {cutLine, type Line, renderDim, renderPlain, renderStrong, type Segment} from '../format/line.js';
import {formatCount} from '../format/number.js';
import {pluralize} from '../format/plural.js';
import {sanitizeText} from '../format/safe-text.js';
import {sanitizeToWidth} from '../format/sanitize-to-width.js';
import {formatRunningSteps, getStatusTone} from '../format/status-words.js';
import type {InterventionDone, State} from '../store/state.js';
import {renderChildRuns} from './child-run-lines.js';
import {findLatestDetail} from './exceptions.js';
import {countDone, countTotal, formatException, formatRunTitle, renderCountSegments} from './format-words.js';
import {formatIsoSecond} from './json-values.js';
import {getDurationMs, getRunDurationMs, type KnownRun, selectKnownRun} from './known-run.js';

/** More failed steps are only counted. */
const maxListedFailures = 5;

/** The run's page in the dashboard, if enough is known to build its URL. */
export const selectRunUrl = ({session, server}: State, {run}: KnownRun): string | undefined =>
  buildRunUrl({run, server, serverUrl: session.serverUrl, projectName: session.project?.name});

/** The lines printed when the screen closes, of at most `columns` cells except for the URL. */
export const renderSummary = (state: State, columns: number): readonly Line[] => {
  const known = selectKnownRun(state);
  if (known === undefined) {
    return [];
  }

  const lines = [
    renderRunHeadline(known),
    ...renderStepCounts(known),
    ...renderFailures(known),
    ...renderChildRuns(known),
    ...state.interventionsDone.map(renderDone),
  ];
  return [
    ...lines.map(line => cutLine(line, columns)),
    ...renderUrl(state.session.isDemo ? undefined : selectRunUrl(state, known)),
  ];
};

/** Title, status and duration of the run. */
export const renderRunHeadline = (known: KnownRun): Line => {
  const {run, isOver, table} = known;
  const took = getRunDurationMs(known);
  const status: Segment = {text: sanitizeText(run.statusWord), tone: getStatusTone(run.status)};
  const span = took === undefined ? '' : ` ${isOver ? 'after' : 'for'} ${formatDuration(took)}`;
  const reason = run.statusReason === undefined || run.statusReason === '' ? '' : `: ${sanitizeText(run.statusReason)}`;
  return [
    renderStrong(formatRunTitle(run)),
    renderPlain(' '),
    status,
    renderPlain((isOver ? '' : formatRunningSteps(run.status, table.counts)) + span + reason),
    ...(run.pipeline === undefined ? [] : [renderDim(`  ${sanitizeText(run.name)}`)]),
  ];
};

/** `9/14 done: 3 cached · 5 completed · 1 failed · 5 not run`; empty while no step is known. */
export const renderStepCounts = ({table: {counts}, isOver}: KnownRun): readonly Line[] =>
  countTotal(counts) === 0
    ? []
    : [
        [
          renderPlain(`${formatCount(countDone(counts))}/${formatCount(countTotal(counts))} done: `),
          ...renderCountSegments(counts, isOver),
        ],
      ];

export const renderUrl = (url: string | undefined): readonly Line[] =>
  url === undefined ? [] : [[{text: sanitizeText(url), tone: 'link'}]];

/** `2026-11-24T21:14:03Z stopping the run: no further steps start`, in UTC like all times in lines. */
const renderDone = ({at, text}: InterventionDone): Line => [
  renderDim(`${formatIsoSecond(at)} `),
  renderPlain(sanitizeText(text)),
];

const renderFailures = (known: KnownRun): readonly Line[] => {
  const failed = [...iterateSteps(known.table)].filter(step => findLatestAttempt(step)?.status === 'failed');
  const more = failed.length - maxListedFailures;
  return [
    ...failed.slice(0, maxListedFailures).map(step => renderFailure(step, known)),
    ...(more > 0 ? [[renderDim(`  and ${pluralize(more, 'more failed step')}`)]] : []),
  ];
};

const renderFailure = (step: Step, known: KnownRun): Line => {
  const attempt = findLatestAttempt(step);
  const took = attempt && getDurationMs(attempt, known);
  const exception = findLatestDetail(step, known)?.exception;
  return [
    renderPlain('  '),
    renderStrong(sanitizeToWidth(step.name, 60)),
    {text: ' failed', tone: 'bad'},
    renderPlain(took === undefined ? '' : ` after ${formatDuration(took)}`),
    ...(exception === undefined ? [] : [renderPlain(`: ${formatException(exception)}`)]),
  ];
};
