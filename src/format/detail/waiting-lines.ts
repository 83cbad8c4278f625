import {isFinished, phaseOf, type StepStatus} from '../../domain/status.js';
import {dim, type Line, plain, type Segment} from '../line.js';
import {plural} from '../plural.js';
import {safeText} from '../safe-text.js';
import {toneOfStatus} from '../status-words.js';
import {flowFacts} from '../wrap.js';
import {field, valueCells} from './field.js';
import type {OverviewInput, UpstreamStep} from './overview-input.js';

const shownNames = 6;
const longestName = 40;

/** Nothing more will come of a step that ended like this, so what needs it never starts. */
const isBlocking = (status: StepStatus): boolean => isFinished(status) && phaseOf(status) !== 'succeeded';

const name = (step: UpstreamStep): Segment => plain(safeText(step.name, {maxCells: longestName}));

const named = (step: UpstreamStep): Line => [name(step), {text: ` ${step.status}`, tone: toneOfStatus(step.status)}];

const someOf = (steps: readonly UpstreamStep[], say: (step: UpstreamStep) => Line): readonly Line[] => {
  const rest = steps.length - shownNames;
  return [...steps.slice(0, shownNames).map(say), ...(rest > 0 ? [[dim(`and ${plural(rest, 'more', 'more')}`)]] : [])];
};

/** Why a step has not started, or never will. */
export const waitingLines = ({upstream, isRunOver, run, width}: OverviewInput): readonly Line[] => {
  const flow = (facts: readonly Line[]) => flowFacts(facts, valueCells(width));
  const blocking = upstream.filter(({status}) => isBlocking(status));
  if (blocking.length > 0) {
    const [first, ...others] = someOf(blocking, named);
    const end: Line = [...(isRunOver ? [] : [dim('will never run: ')]), ...(first ?? [])];
    return field(isRunOver ? 'not run' : 'waits', flow([end, ...others]));
  }

  if (isRunOver) {
    return field('not run', [[dim('the run ended before it could start')]]);
  }

  const paused: readonly Line[] = run?.status === 'paused' ? [pauseWords(run.statusReason)] : [];
  const unfinished = upstream.filter(({status}) => !isFinished(status));
  if (unfinished.length === 0) {
    const readiness = upstream.length === 0 ? 'to be started' : 'to be started, all that it needs is done';
    return field('waits', flow([...paused, [dim(readiness)]]));
  }

  const [first, ...others] = someOf(unfinished, named);
  return field('waits', flow([...paused, [dim('for '), ...(first ?? [])], ...others]));
};

const pauseWords = (reason: string | undefined): Line => [
  {text: 'the run is paused', tone: 'warning'},
  ...(reason === undefined ? [] : [dim(`: ${safeText(reason, {maxCells: 80})}`)]),
];

/** What a step that has not started needs and has. */
export const doneLines = ({upstream, width}: OverviewInput): readonly Line[] => {
  const done = upstream.filter(({status}) => phaseOf(status) === 'succeeded');
  return field(
    'has',
    flowFacts(
      someOf(done, step => [name(step)]),
      valueCells(width),
    ),
  );
};

/** The steps that a step reads from or waits for; those that did not end well say so. */
export const upstreamLines = ({upstream, width}: OverviewInput): readonly Line[] => {
  const say = (step: UpstreamStep) => (phaseOf(step.status) === 'succeeded' ? [name(step)] : named(step));
  return field('upstream', flowFacts(someOf(upstream, say), valueCells(width)));
};
