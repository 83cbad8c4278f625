import {getChildRunTitle} from '../../domain/dag.js';
import type {Instant} from '../../domain/instant.js';
import {findStepAt} from '../../domain/step-table.js';
import {buildChildSpan} from '../../domain/timeline/child-span.js';
import {countRunning} from '../../domain/timeline/parallelism.js';
import {findReadyAt, findStepSpan} from '../../domain/timeline/run-spans.js';
import type {StepSpan} from '../../domain/timeline/step-span.js';
import type {Line} from '../../format/line.js';
import {renderBar, renderDensity, renderQuestionBar} from '../../format/timeline/bar.js';
import type {ChartContext} from '../../format/timeline/bar-cells.js';
import type {Row} from '../../store/list/rows.js';
import type {OpenRun} from '../../store/run/open-run.js';
import type {TimelineFacts} from '../../store/timeline/timeline-facts.js';

/** What is needed to draw the bars of rows. */
export type ChartView = {readonly openRun: OpenRun; readonly facts: TimelineFacts; readonly chart: ChartContext};

/** The bar of a row of the list; for a group, how many of its items are running. */
export const renderRowChart = (row: Row, view: ChartView): Line => {
  const {openRun, facts, chart} = view;
  if (row.kind === 'this-run') {
    return renderBar(
      {span: buildRunSpan(openRun, facts), readyAt: undefined, forecast: undefined, isCritical: false},
      chart,
    );
  }

  if (row.kind === 'run' || row.kind === 'child-step') {
    const span = buildChildSpan(row.kind === 'run' ? row.child : row.step, facts.times);
    const isCritical = row.kind === 'run' && facts.pathSteps.has(getChildRunTitle(row.child));
    return renderBar({span, readyAt: undefined, forecast: undefined, isCritical}, chart);
  }

  if (row.kind === 'question') {
    const {createdAt, resolvedAt, isPending} = row.question;
    const {until} = facts.times;
    const startedAt = createdAt ?? until;
    return renderQuestionBar({startedAt, endedAt: isPending ? until : (resolvedAt ?? until)}, isPending, chart);
  }

  if (row.kind === 'group') {
    return renderGroupChart(row.groupId, view);
  }

  const step = findStepAt(openRun.table, row.index);
  const span = step && findStepSpan(step, facts.times);
  return renderBar(
    {
      span,
      readyAt: span && findKnownReadyAt(span, view),
      forecast: step && facts.forecastsByName.get(step.name),
      isCritical: step !== undefined && facts.pathSteps.has(step.name),
    },
    chart,
  );
};

/** In a dynamic run, a step without upstream steps may have waited for anything: child runs, or code between the steps. */
const findKnownReadyAt = (span: StepSpan, {openRun, facts}: ChartView): Instant | undefined =>
  span.upstream.length === 0 && openRun.run?.isDynamic !== false
    ? undefined
    : findReadyAt(span, openRun.table, facts.times, facts.spans);

const renderGroupChart = (groupId: string, {openRun, facts, chart}: ChartView): Line => {
  const {table} = openRun;
  const indexes = table.structure.groupsById.get(groupId)?.indexes ?? [];
  const spans = indexes.flatMap(index => {
    const step = findStepAt(table, index);
    return (step && findStepSpan(step, facts.times)) ?? [];
  });
  const attempts = spans.flatMap(span => span.attempts);
  const counts = countRunning(attempts, chart.scale, facts.times.until);
  const failedAt = attempts.flatMap(({status, endedAt}) => (status === 'failed' ? [endedAt] : []));
  const isLive = spans.some(span => span.isLive);
  return renderDensity(counts, failedAt, chart, {isLive, forecast: facts.mapForecastsById.get(groupId)?.whole});
};

/** The whole run as one attempt. */
const buildRunSpan = ({run}: OpenRun, {times}: TimelineFacts): StepSpan | undefined => {
  const {startedAt, until: endedAt, isOver} = times;
  const attempt = {
    number: 1,
    status: run?.status ?? 'unknown',
    startedAt,
    endedAt,
    isLive: !isOver,
    isEndUnknown: false,
    clockBehindMs: 0,
  } as const;
  const name = run?.name ?? '';
  return {
    name,
    attempts: [attempt],
    startedAt,
    endedAt,
    isLive: !isOver,
    isRetryPending: false,
    isInstant: false,
    upstream: [],
    kind: 'child-run',
  };
};
