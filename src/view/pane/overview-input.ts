import type {StepDetail} from '../../domain/attempt.js';
import {getWorkTimes} from '../../domain/past-run.js';
import {findLatestAttempt, getStepStatus, type Step} from '../../domain/step.js';
import {findStep} from '../../domain/step-table.js';
import {findWaitReason} from '../../domain/wait-reason.js';
import type {OverviewInput, UpstreamStep} from '../../format/detail/overview-input.js';
import type {UtcOffset} from '../../format/time.js';
import {commands} from '../../keymap/commands.js';
import {isBrieflySelected} from '../../store/run/detail-needs.js';
import type {OpenRun} from '../../store/run/open-run.js';
import {getWaitFacts} from '../../store/run/wait-facts.js';
import {findLostMs, findStepQuietMs} from '../../store/run-page/quiet-steps.js';
import {findStepProgress} from '../../store/run-page/step-progress.js';
import {getPaneKey, selectServerNow, selectShownAttempt, selectShownDetail} from '../../store/selectors.js';
import type {State} from '../../store/state.js';
import {findStepSaving} from '../../store/timeline/timeline-facts.js';

type OverviewShape = {readonly width: number; readonly isDense: boolean; readonly getUtcOffset: UtcOffset};

/** Collects from the state what the overview of the selected step needs. */
export const buildOverviewInput = (state: State, openRun: OpenRun, step: Step, shape: OverviewShape): OverviewInput => {
  const attempt = selectShownAttempt(state);
  const detail = selectShownDetail(state);
  const original = findOriginal(openRun, detail);
  const isRunOver = openRun.overAt !== undefined;
  const isExpanded = openRun.pane.toggledSections.has(`${getPaneKey(openRun)} ${detailsSection}`);
  return {
    ...shape,
    step,
    attempt,
    detail,
    isDetailDue: attempt === undefined || !isBrieflySelected(state, openRun, attempt),
    detailFailure: attempt && state.requestsByKey.get(`step:${attempt.id}`)?.failure,
    findDetail: id => openRun.detailsById.get(id),
    run: openRun.run,
    isRunOver,
    now: selectServerNow(state),
    original,
    originalRun: original?.runId === undefined ? undefined : findRun(openRun, original.runId),
    saving: findStepSaving(openRun, step, selectServerNow(state)),
    workTimes: getWorkTimes(openRun.history.pastRuns, step.name),
    ...(attempt === undefined
      ? {}
      : {
          quietMs: findStepQuietMs(openRun, step, selectServerNow(state)),
          lostMs: findLostMs(openRun, selectServerNow(state)),
          progress: findStepProgress(openRun, attempt),
        }),
    upstream: step.upstream.map(name => getUpstreamStep(openRun, name, isRunOver)),
    wait: attempt === findLatestAttempt(step) ? findWaitReason(step, getWaitFacts(openRun)) : undefined,
    isExpanded: () => isExpanded,
    expandKey,
  };
};

/** The section whose toggle in the state expands everything that is shortened. */
const detailsSection = 'details';

const expandKey = commands.find(({id}) => id === 'details.expand')?.keys[0];

const findOriginal = (openRun: OpenRun, detail: StepDetail | undefined): StepDetail | undefined =>
  detail?.originalStepId === undefined ? undefined : openRun.detailsById.get(detail.originalStepId);

const findRun = (openRun: OpenRun, runId: OpenRun['runId']): OverviewInput['originalRun'] =>
  openRun.runId === runId ? openRun.run : openRun.referencedRunsById.get(runId);

const getUpstreamStep = (openRun: OpenRun, name: string, isRunOver: boolean): UpstreamStep => {
  const step = findStep(openRun.table, name);
  return {name, status: step === undefined ? 'waiting' : getStepStatus(step, isRunOver)};
};
