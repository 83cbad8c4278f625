import {getPhase, isFinished, type StepStatus} from '../../domain/status.js';
import {type Line, renderDim, renderPlain, type Segment} from '../line.js';
import {pluralize} from '../plural.js';
import {sanitizeToWidth} from '../sanitize-to-width.js';
import {getStatusTone} from '../status-words.js';
import {flowFacts} from '../wrap.js';
import {getValueCells, renderField} from './field.js';
import type {OverviewInput, UpstreamStep} from './overview-input.js';

const maxShownNames = 6;
const maxNameCells = 40;

/** A step that ended like this never succeeds, so its downstream steps never start. */
const isBlocking = (status: StepStatus): boolean => isFinished(status) && getPhase(status) !== 'succeeded';

const renderStepName = (step: UpstreamStep): Segment => renderPlain(sanitizeToWidth(step.name, maxNameCells));

const renderNameWithStatus = (step: UpstreamStep): Line => [
  renderStepName(step),
  {text: ` ${step.status}`, tone: getStatusTone(step.status)},
];

const renderFirstSteps = (steps: readonly UpstreamStep[], say: (step: UpstreamStep) => Line): readonly Line[] => {
  const rest = steps.length - maxShownNames;
  return [
    ...steps.slice(0, maxShownNames).map(say),
    ...(rest > 0 ? [[renderDim(`and ${pluralize(rest, 'more', 'more')}`)]] : []),
  ];
};

/** Why a step has not started, or never will. */
export const renderWaiting = ({upstream, rootFailures = [], isRunOver, run, width}: OverviewInput): readonly Line[] => {
  const flow = (facts: readonly Line[]) => flowFacts(facts, getValueCells(width));
  const blocking = rootFailures.length > 0 ? rootFailures : upstream.filter(({status}) => isBlocking(status));
  if (blocking.length > 0) {
    const [first, ...others] = renderFirstSteps(blocking, renderNameWithStatus);
    const end: Line = [...(isRunOver ? [] : [renderDim("won't run: ")]), ...(first ?? [])];
    return renderField(isRunOver ? 'not run' : 'waiting', flow([end, ...others]));
  }

  if (isRunOver) {
    return renderField('not run', [[renderDim('run ended first')]]);
  }

  const paused: readonly Line[] = run?.status === 'paused' ? [renderPause(run.statusReason)] : [];
  const unfinished = upstream.filter(({status}) => !isFinished(status));
  if (unfinished.length === 0) {
    const readiness = 'ready to start';
    return renderField('waiting', flow([...paused, [renderDim(readiness)]]));
  }

  const [first, ...others] = renderFirstSteps(unfinished, renderNameWithStatus);
  return renderField('waiting', flow([...paused, [renderDim('for '), ...(first ?? [])], ...others]));
};

const renderPause = (reason: string | undefined): Line => [
  {text: 'the run is paused', tone: 'warning'},
  ...(reason === undefined ? [] : [renderDim(`: ${sanitizeToWidth(reason, 80)}`)]),
];

/** The upstream steps that are done, for a step that has not started. */
export const renderDoneUpstream = ({upstream, width}: OverviewInput): readonly Line[] => {
  const done = upstream.filter(({status}) => getPhase(status) === 'succeeded');
  return renderField(
    'done',
    flowFacts(
      renderFirstSteps(done, step => [renderStepName(step)]),
      getValueCells(width),
    ),
  );
};

/** The upstream steps; those that did not succeed are shown with their status. */
export const renderUpstream = ({upstream, width}: OverviewInput): readonly Line[] => {
  const say = (step: UpstreamStep) =>
    getPhase(step.status) === 'succeeded' ? [renderStepName(step)] : renderNameWithStatus(step);
  return renderField('upstream', flowFacts(renderFirstSteps(upstream, say), getValueCells(width)));
};
