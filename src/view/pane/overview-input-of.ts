import type {StepDetail} from '../../domain/attempt.js';
import {workTimesOf} from '../../domain/past-run.js';
import {type Step, stepStatus} from '../../domain/step.js';
import {stepNamed} from '../../domain/step-table.js';
import type {OverviewInput, UpstreamStep} from '../../format/detail/overview-input.js';
import type {UtcOffset} from '../../format/time.js';
import {commands} from '../../keymap/commands.js';
import {nowOf, paneKey, shownAttempt, shownDetail} from '../../store/selectors.js';
import type {State} from '../../store/state.js';
import type {Watch} from '../../store/watch.js';

type Shape = {readonly width: number; readonly isDense: boolean; readonly utcOffset: UtcOffset};

/** What the overview of the selected step is made of, taken from the state. */
export const overviewInputOf = (state: State, watch: Watch, step: Step, shape: Shape): OverviewInput => {
  const attempt = shownAttempt(state);
  const detail = shownDetail(state);
  const original = originalOf(watch, detail);
  const isRunOver = watch.overAt !== undefined;
  const isUnfolded = watch.pane.unfolded.has(`${paneKey(watch)} ${foldedSection}`);
  return {
    ...shape,
    step,
    attempt,
    detail,
    detailFailure: attempt && state.requests.get(`step:${attempt.id}`)?.failure,
    detailOf: id => watch.detailsById.get(id),
    run: watch.run,
    isRunOver,
    now: nowOf(state),
    original,
    originalRun: original?.runId === undefined ? undefined : runOf(watch, original.runId),
    workTimes: workTimesOf(watch.earlier.pastRuns, step.name),
    upstream: step.upstream.map(name => upstreamStep(watch, name, isRunOver)),
    isUnfolded: () => isUnfolded,
    unfoldKey,
  };
};

/** The name under which the state keeps that what is cut short is shown whole. */
const foldedSection = 'details';

const unfoldKey = commands.find(({id}) => id === 'details.unfold')?.keys[0];

const originalOf = (watch: Watch, detail: StepDetail | undefined): StepDetail | undefined =>
  detail?.originalStepId === undefined ? undefined : watch.detailsById.get(detail.originalStepId);

const runOf = (watch: Watch, runId: Watch['runId']): OverviewInput['originalRun'] =>
  watch.runId === runId ? watch.run : watch.otherRunsById.get(runId);

const upstreamStep = (watch: Watch, name: string, isRunOver: boolean): UpstreamStep => {
  const step = stepNamed(watch.table, name);
  return {name, status: step === undefined ? 'waiting' : stepStatus(step, isRunOver)};
};
