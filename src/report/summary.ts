import {runUrl} from '../domain/run-url.js';
import {latestAttempt, type Step} from '../domain/step.js';
import {stepsOf} from '../domain/step-table.js';
import {formatDuration} from '../format/duration.js';
import {dim, type Line, plain, type Segment, strong} from '../format/line.js';
import {cutLine} from '../format/line-cells.js';
import {formatCount} from '../format/number.js';
import {plural} from '../format/plural.js';
import {safeText} from '../format/safe-text.js';
import {toneOfStatus} from '../format/status-words.js';
import type {State} from '../store/state.js';
import {latestDetail} from './exceptions.js';
import {type KnownRun, knownRunOf, runTookMs, tookMs} from './known-run.js';
import {countSegments, doneOf, exceptionWords, runTitle, totalOf} from './words.js';

/** Failed steps that are named one by one. */
const mostFailures = 5;

/** The run's page in the dashboard, where enough is known to tell it. */
export const urlOf = ({session, server}: State, {run}: KnownRun): string | undefined =>
  runUrl({run, server, serverUrl: session.serverUrl, projectName: session.project?.name});

/** What is left in the scrollback when the screen is gone: a few lines of at most `columns` cells, but for the address. */
export const summaryLines = (state: State, columns: number): readonly Line[] => {
  const known = knownRunOf(state);
  if (known === undefined) {
    return [];
  }

  const lines = [headline(known), ...countLines(known), ...failureLines(known)];
  return [
    ...lines.map(line => cutLine(line, columns)),
    ...urlLines(state.session.isDemo ? undefined : urlOf(state, known)),
  ];
};

/** The run, and what became of it or how far it is. */
export const headline = (known: KnownRun): Line => {
  const {run, isOver} = known;
  const took = runTookMs(known);
  const status: Segment = {text: safeText(run.statusWord), tone: toneOfStatus(run.status)};
  const span = took === undefined ? '' : ` ${isOver ? 'after' : 'for'} ${formatDuration(took)}`;
  const reason = run.statusReason === undefined || run.statusReason === '' ? '' : `: ${safeText(run.statusReason)}`;
  return [
    strong(runTitle(run)),
    plain(' '),
    status,
    plain(span + reason),
    ...(run.pipeline === undefined ? [] : [dim(`  ${safeText(run.name)}`)]),
  ];
};

/** `9/14 done: 3 cached · 5 completed · 1 failed · 5 not run`; none while no step is known. */
export const countLines = ({table: {counts}, isOver}: KnownRun): readonly Line[] =>
  totalOf(counts) === 0
    ? []
    : [
        [
          plain(`${formatCount(doneOf(counts))}/${formatCount(totalOf(counts))} done: `),
          ...countSegments(counts, isOver),
        ],
      ];

export const urlLines = (url: string | undefined): readonly Line[] =>
  url === undefined ? [] : [[{text: safeText(url), tone: 'link'}]];

const failureLines = (known: KnownRun): readonly Line[] => {
  const failed = [...stepsOf(known.table)].filter(step => latestAttempt(step)?.status === 'failed');
  const more = failed.length - mostFailures;
  return [
    ...failed.slice(0, mostFailures).map(step => failureLine(step, known)),
    ...(more > 0 ? [[dim(`  and ${plural(more, 'more failed step')}`)]] : []),
  ];
};

const failureLine = (step: Step, known: KnownRun): Line => {
  const attempt = latestAttempt(step);
  const took = attempt && tookMs(attempt, known);
  const exception = latestDetail(step, known)?.exception;
  return [
    plain('  '),
    strong(safeText(step.name, {maxCells: 60})),
    {text: ' failed', tone: 'bad'},
    plain(took === undefined ? '' : ` after ${formatDuration(took)}`),
    ...(exception === undefined ? [] : [plain(`: ${exceptionWords(exception)}`)]),
  ];
};
