import type {StepDetail} from '../../domain/attempt.js';
import {findLatestAttempt, getStepStatus, type Step} from '../../domain/step.js';
import {findStep, iterateSteps} from '../../domain/step-table.js';
import {findWaitReason} from '../../domain/wait-reason.js';
import {renderOverview} from '../../format/detail/overview.js';
import {formatFailure} from '../../format/failure-words.js';
import {type Line, renderDim, renderPlain, renderStrong} from '../../format/line.js';
import {formatCount} from '../../format/number.js';
import {sanitizeText} from '../../format/safe-text.js';
import {formatStepStatus, getStatusTone} from '../../format/status-words.js';
import type {UtcOffset} from '../../format/time.js';
import {getKnownWaitFacts, type KnownRun} from '../../report/known-run.js';
import {fetchAttempts} from '../logs/find-step.js';
import {createLogPrinter} from '../logs/log-printer.js';
import {fetchStepLog} from '../logs/step-log.js';
import type {OpenedRun} from '../opening/open-run.js';

/** How many matching steps are named. */
const maxNamedSteps = 12;

/** How many of the last log lines are printed, and how many of the last log entries they are taken from. */
const logLineCount = 10;
const logEntryCount = 200;

/** In cells. Lines for a screen reader need not fit into columns. */
const layoutCells = 1000;

/** Finds steps by name, else by number (from 1, in the order of the pipeline), else by a prefix, else by any part of the name. */
const findMatchingSteps = (steps: readonly Step[], wanted: string): readonly Step[] => {
  const numberText = /^#?(\d+)$/.exec(wanted)?.[1];
  const byNumber = numberText === undefined ? undefined : steps[Number(numberText) - 1];
  const exactMatches = steps.filter(({name}) => name === wanted);
  const matches = [
    exactMatches,
    byNumber === undefined ? [] : [byNumber],
    steps.filter(({name}) => name.toLowerCase().startsWith(wanted.toLowerCase())),
    steps.filter(({name}) => name.toLowerCase().includes(wanted.toLowerCase())),
  ];
  return matches.find(found => found.length > 0) ?? [];
};

const formatMatches = (wanted: string, matches: readonly Step[]): string => {
  const names = matches.slice(0, maxNamedSteps).map(({name}) => sanitizeText(name));
  const unnamedCount = matches.length - names.length;
  const more = unnamedCount > 0 ? `, and ${formatCount(unnamedCount)} more` : '';
  return `“${sanitizeText(wanted)}” matches several steps: ${names.join(', ')}${more}.`;
};

/** How long the user waits for the details of a step, in milliseconds. */
const maxFetchMs = 30_000;

/** Renders the details of a step: status, inputs, outputs, and the end of its log. */
export const renderStepDetails = async (
  opened: OpenedRun,
  known: KnownRun,
  wanted: string,
  getUtcOffset: UtcOffset,
): Promise<readonly Line[]> => {
  const matches = findMatchingSteps([...iterateSteps(known.table)], wanted);
  const [step] = matches;
  if (step === undefined) {
    return [[renderPlain(`No step “${sanitizeText(wanted)}”. Press Enter to list all steps.`)]];
  }

  if (matches.length > 1) {
    return [[renderPlain(formatMatches(wanted, matches))]];
  }

  const {client} = opened.connection;
  const signal = AbortSignal.timeout(maxFetchMs);
  const attempts = await fetchAttempts(client, known.run, step.name, signal);
  const details = attempts.ok ? attempts.value : [];
  const detail = details.at(-1);
  const originalId = detail?.originalStepId;
  const original = originalId === undefined ? undefined : await client.fetchStep(originalId, signal);
  return [
    [
      renderStrong(sanitizeText(step.name)),
      renderPlain(' '),
      {text: formatStepStatus(step, known.isOver, known.now), tone: getStatusTone(getStepStatus(step, known.isOver))},
    ],
    ...renderOverview({
      step,
      detail,
      width: layoutCells,
      getUtcOffset,
      attempt: detail?.attempt ?? findLatestAttempt(step),
      detailFailure: attempts.ok ? undefined : attempts.failure,
      findDetail: id => details.find(each => each.attempt.id === id),
      run: known.run,
      isRunOver: known.isOver,
      now: known.now,
      original: original?.ok === true ? original.value : undefined,
      originalRun: undefined,
      wait: findWaitReason(step, getKnownWaitFacts(known)),
      upstream: step.upstream.map(name => {
        const upstream = findStep(known.table, name);
        return {name, status: upstream === undefined ? 'waiting' : getStepStatus(upstream, known.isOver)};
      }),
      isExpanded: () => true,
      isDense: true,
    }),
    ...(detail === undefined ? [] : await renderLogTail(opened, detail, signal)),
  ];
};

const renderLogTail = async (opened: OpenedRun, detail: StepDetail, signal: AbortSignal): Promise<readonly Line[]> => {
  const log = await fetchStepLog(opened.connection.client, detail, {source: undefined}, signal);
  if (!log.ok) {
    return [[renderDim(`could not load the log: ${formatFailure(log.failure)}`)]];
  }

  let text = '';
  const printer = createLogPrinter(more => {
    text += more;
  }, false);
  printer.print(log.value.slice(-logEntryCount));
  printer.finish();
  const lines = text
    .split('\n')
    .filter(line => line.trim() !== '')
    .slice(-logLineCount);
  return lines.length === 0
    ? []
    : [[renderDim('end of the log:')], ...lines.map(line => [renderPlain(sanitizeText(line))])];
};
