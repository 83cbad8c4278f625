import {type DagChildRun, getChildRunLabel} from '../../domain/dag.js';
import type {NamedEntity, RunId} from '../../domain/ids.js';
import {getElapsedMs, type Instant} from '../../domain/instant.js';
import type {Question} from '../../domain/intervention/question.js';
import type {JsonRecord} from '../../domain/json.js';
import type {Run} from '../../domain/run.js';
import type {Stack} from '../../domain/stack.js';
import {formatDuration} from '../duration.js';
import {formatJsonLine} from '../json-text.js';
import {blankLine, cutLine, type Line, renderDim, renderPlain, renderStrong} from '../line.js';
import {pluralize} from '../plural.js';
import {sanitizeToWidth} from '../sanitize-to-width.js';
import {formatStatus, getStatusTone} from '../status-words.js';
import {formatAgo, formatLocalTime, type UtcOffset} from '../time.js';
import {formatRoughDuration} from '../time-left-words.js';
import {wrapText} from '../wrap.js';
import {createUnmarkedLines, type MarkedLine} from './content.js';
import {renderException} from './exception-lines.js';
import {getValueCells, renderFactField, renderField} from './field.js';
import {renderQuestion} from './question-lines.js';
import {getUsualRunMs, renderRecentRuns} from './recent-runs.js';
import {linkLabels, renderCodeFields, renderEntityName, renderPipeline, renderUserAndStack} from './run-setup.js';

export type RunOverviewInput = {
  readonly run: Run;
  /** A reason to doubt that the run is running, if there is one. */
  readonly doubt: string | undefined;
  readonly endedAt: Instant | undefined;
  /** Previous runs of the pipeline, newest first; `undefined` until they have been fetched. */
  readonly previous: readonly Run[] | undefined;
  readonly stack: Stack | undefined;
  readonly questions: readonly Question[];
  /** Why nothing is running in the run: `train (queued for 6m 00s)`. */
  readonly wait: string | undefined;
  readonly findUser?: (id: string) => string | undefined;
  readonly childRuns: readonly DagChildRun[];
  /** By the server's clock. */
  readonly now: Instant;
  readonly width: number;
  readonly isDense: boolean;
  readonly getUtcOffset: UtcOffset;
};

const maxNameCells = 60;
const maxTextCells = 300;

const formatName = (text: string): string => sanitizeToWidth(text, maxNameCells);

/** The Overview tab of the run as lines of at most `width` cells, problems first. */
export const renderRunOverview = (input: RunOverviewInput): readonly MarkedLine[] =>
  [
    createUnmarkedLines([
      ...renderRunException(input),
      ...input.questions.flatMap(question => renderQuestion(question, input)),
    ]),
    [
      ...createUnmarkedLines([...renderStatus(input), ...renderRunWait(input), ...renderRunTimes(input)]),
      ...renderRecentRuns(getRecentInput(input)),
    ],
    [
      ...createUnmarkedLines([...renderUserAndStack(input), ...renderPipeline(input), ...renderCodeFields(input)]),
      ...renderOrigins(input),
    ],
    renderChildRuns(input),
    createUnmarkedLines([
      ...renderValues('params', input.run.config?.parameters, input),
      ...renderValues('metadata', withoutLinks(input.run.metadata ?? {}), input),
      ...renderLogs(input),
    ]),
  ]
    .filter(block => block.length > 0)
    .flatMap((block, index) => (index === 0 || input.isDense ? block : [{line: blankLine}, ...block]))
    .map(({line, ...others}) => ({line: cutLine(line, input.width), ...others}));

const getRecentInput = ({run, previous, width, now, endedAt}: RunOverviewInput) => ({
  run,
  previous,
  width,
  elapsedMs: getElapsedMs({startedAt: run.startedAt, endedAt}, now),
});

const renderRunException = ({run, width}: RunOverviewInput): readonly Line[] =>
  run.exception === undefined
    ? []
    : renderException({
        exception: run.exception,
        sourceCode: undefined,
        width,
        isExpanded: false,
        expandKey: undefined,
      });

const renderStatus = ({run, doubt, width}: RunOverviewInput): readonly Line[] => {
  const word: Line = [
    {
      text: `${formatStatus(run)}${doubt === undefined ? '' : '?'}`,
      tone: doubt === undefined ? getStatusTone(run.status) : 'warning',
    },
  ];
  const reason = run.statusReason ?? '';
  return renderFactField(
    'status',
    [
      word,
      ...(doubt === undefined ? [] : [[{text: doubt, tone: 'warning'} as const]]),
      ...(reason === '' ? [] : [[renderPlain(sanitizeToWidth(reason, maxTextCells))]]),
    ],
    width,
  );
};

/** Why nothing is running in the run; empty while a question is open, which has lines of its own. */
const renderRunWait = ({wait, questions, width}: RunOverviewInput): readonly Line[] =>
  wait === undefined || questions.some(({isPending}) => isPending)
    ? []
    : renderField(
        'waiting',
        wrapText(wait, getValueCells(width)).map((line): Line => [renderPlain(line)]),
      );

const renderRunTimes = (input: RunOverviewInput): readonly Line[] => {
  const {run, endedAt, now, getUtcOffset, width} = input;
  const {startedAt} = run;
  if (startedAt === undefined) {
    return renderField('started', [[renderDim('not yet')]]);
  }

  const startFact: Line = [renderStrong(formatLocalTime(startedAt, now, getUtcOffset))];
  if (endedAt === undefined) {
    return renderFactField(
      'started',
      [startFact, [renderDim(formatAgo(startedAt, now))], ...renderUsual(input)],
      width,
    );
  }

  return [
    ...renderFactField('started', [startFact], width),
    ...renderFactField(
      'ended',
      [
        [renderStrong(formatLocalTime(endedAt, now, getUtcOffset))],
        [renderDim('took '), renderStrong(formatDuration(Math.max(0, endedAt - startedAt)))],
        ...renderUsual(input),
        [renderDim(formatAgo(endedAt, now))],
      ],
      width,
    ),
  ];
};

const renderUsual = ({previous}: RunOverviewInput): readonly Line[] => {
  const ms = getUsualRunMs(previous ?? []);
  return ms === undefined ? [] : [[renderDim('usually '), renderPlain(`~${formatRoughDuration(ms)}`)]];
};

/** What started it: a schedule, a trigger, another run, or the run that it replays. */
const renderOrigins = ({run}: RunOverviewInput): readonly MarkedLine[] => {
  const {context, parentRun} = run;
  return [
    ...createUnmarkedLines([
      ...renderEntityName('schedule', context?.schedule),
      ...renderEntityName('trigger', context?.trigger),
    ]),
    ...renderRunLink('parent', parentRun),
    ...renderRunLink('replays', context?.originalRun),
  ];
};

const renderRunLink = (label: string, named: NamedEntity<RunId> | undefined): readonly MarkedLine[] =>
  named === undefined
    ? []
    : renderField(label, [[{text: formatName(named.name), tone: 'link'}]]).map(line => ({
        line,
        mark: {key: `${label} run`, target: {kind: 'run', runId: named.id}},
      }));

const maxChildRuns = 8;

const renderChildRuns = ({childRuns, now}: RunOverviewInput): readonly MarkedLine[] => {
  const shownRuns = childRuns.slice(0, maxChildRuns);
  const hiddenCount = childRuns.length - shownRuns.length;
  const lines = [
    ...shownRuns.map((child): Line => {
      const ms = getElapsedMs({startedAt: child.startedAt, endedAt: undefined}, now);
      const time = child.durationMs ?? ms;
      return [
        {text: formatName(getChildRunLabel(child)), tone: child.id === undefined ? 'plain' : 'link'},
        ...(child.status === undefined
          ? []
          : [{text: `  ${formatStatus(child.status)}`, tone: getStatusTone(child.status.status)} as const]),
        ...(time === undefined ? [] : [renderDim(`  ${formatDuration(time)}`)]),
      ];
    }),
    ...(hiddenCount > 0 ? [[renderDim(`and ${pluralize(hiddenCount, 'more', 'more')}`)]] : []),
  ];
  return renderField('children', lines).map((line, index) => {
    const id = shownRuns[index]?.id;
    return id === undefined ? {line} : {line, mark: {key: `child ${id}`, target: {kind: 'run', runId: id}}};
  });
};

const maxShownValues = 12;
const maxValueCells = 40;

/** The first values of a record, on as few lines as possible; its tab shows all of them. */
const renderValues = (label: string, values: JsonRecord | undefined, {width}: RunOverviewInput): readonly Line[] => {
  const entries = Object.entries(values ?? {});
  const hiddenCount = entries.length - maxShownValues;
  const facts: readonly Line[] = [
    ...entries
      .slice(0, maxShownValues)
      .map(([key, value]) => [renderDim(`${formatName(key)} `), renderPlain(formatJsonLine(value, maxValueCells))]),
    ...(hiddenCount > 0 ? [[renderDim(`and ${pluralize(hiddenCount, 'more', 'more')}`)]] : []),
  ];
  return renderFactField(label, facts, width);
};

/** The metadata without the URLs that `renderUserAndStack` shows. */
const withoutLinks = (metadata: JsonRecord): JsonRecord =>
  Object.fromEntries(Object.entries(metadata).filter(([key]) => !Object.hasOwn(linkLabels, key)));

const renderLogs = ({run, width}: RunOverviewInput): readonly Line[] => {
  const facts = run.logSources.map(({source}) => [renderDim(formatName(source))]);
  return renderFactField('logs', facts, width);
};
