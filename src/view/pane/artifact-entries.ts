import type {ArtifactVersion, ArtifactVersionDetail, StepInput} from '../../domain/artifact.js';
import {artifactGraph} from '../../domain/artifact-graph.js';
import {type Step, stepStatus} from '../../domain/step.js';
import {stepNamed} from '../../domain/step-table.js';
import type {ArtifactEntry, Origin, Reader} from '../../format/detail/artifact-entry.js';
import {partOf, placeAmongItsName, sourceOf} from '../../format/detail/input-source.js';
import {artifactVersionKey} from '../../store/artifact-needs.js';
import {artifactPlaces, inputsOf, outputsOf} from '../../store/artifacts-shown.js';
import {earlierStepOf} from '../../store/earlier.js';
import {shownAttempt, shownDetail} from '../../store/selectors.js';
import type {State} from '../../store/state.js';
import type {Watch} from '../../store/watch.js';

/** The inputs of the attempt that is looked at; `undefined` until they are known. */
export const inputEntries = (state: State, watch: Watch): readonly ArtifactEntry[] | undefined => {
  const inputs = inputsOf(shownAttempt(state), state);
  if (inputs === undefined) {
    return undefined;
  }

  const places = artifactPlaces(
    watch,
    'input',
    inputs.map(({artifact}) => artifact),
  );
  return inputs.map((input, place) => ({
    ...knownOf(state, watch, input.artifact),
    key: places[place]?.key ?? '',
    isOpen: places[place]?.isOpen ?? false,
    name: input.name,
    part: partOf(input),
    inputType: input.inputType,
    origin: originOf(state, watch, inputs, place),
    earlier: undefined,
    readers: undefined,
  }));
};

/** The outputs of the attempt that is looked at, with what was written under their names the last time. */
export const outputEntries = (state: State, watch: Watch, step: Step): readonly ArtifactEntry[] | undefined => {
  const outputs = outputsOf(shownAttempt(state), state);
  if (outputs === undefined) {
    return undefined;
  }

  const places = artifactPlaces(
    watch,
    'output',
    outputs.map(({artifact}) => artifact),
  );
  return outputs.map(({name, artifact}, place) => ({
    ...knownOf(state, watch, artifact),
    key: places[place]?.key ?? '',
    isOpen: places[place]?.isOpen ?? false,
    name,
    part: '',
    inputType: undefined,
    origin: undefined,
    earlier: earlierPage(watch, step, artifact),
    readers: readersOf(watch, step, artifact),
  }));
};

const knownOf = (state: State, watch: Watch, artifact: ArtifactVersion) => ({
  artifact,
  page: watch.artifactsById.get(artifact.id),
  pageFailure: state.requests.get(artifactVersionKey(artifact.id))?.failure,
});

/**
 * The step of this run that the pipeline takes the input from, or that wrote it; else the step of another run that did, as
 * far as its own page has told.
 */
const originOf = (state: State, watch: Watch, inputs: readonly StepInput[], place: number): Origin | undefined => {
  const input = inputs[place];
  if (input === undefined) {
    return undefined;
  }

  const isOfPipeline = input.inputType === undefined || input.inputType === 'step_output';
  const source = sourceOf(input, placeAmongItsName(inputs, place), isOfPipeline ? shownDetail(state)?.spec : undefined);
  const stepName = source?.stepName ?? artifactGraph(watch.table).writersById.get(input.artifact.id);
  if (stepName !== undefined && stepNamed(watch.table, stepName) !== undefined) {
    return {kind: 'here', stepName};
  }

  const page = watch.artifactsById.get(input.artifact.id);
  return page && originElsewhere(watch, page);
};

const originElsewhere = (watch: Watch, page: ArtifactVersionDetail): Origin | undefined => {
  const {producerRunId, producerStepId} = page;
  if (producerRunId === undefined || producerRunId === watch.runId) {
    return undefined;
  }

  const producer = producerStepId && watch.detailsById.get(producerStepId);
  return {
    kind: 'elsewhere',
    runId: producerRunId,
    runName: watch.otherRunsById.get(producerRunId)?.name,
    stepName: producer?.attempt.name,
  };
};

const earlierPage = (watch: Watch, step: Step, artifact: ArtifactVersion): ArtifactVersionDetail | undefined => {
  const outputs = earlierStepOf(watch, step.name)?.detail.attempt.outputs ?? [];
  const id = outputs.find(({artifact: {artifactName}}) => artifactName === artifact.artifactName)?.artifact.id;
  return id === undefined || id === artifact.id ? undefined : watch.artifactsById.get(id);
};

const readersOf = (watch: Watch, step: Step, artifact: ArtifactVersion): readonly Reader[] => {
  const {readersById, waitingByName} = artifactGraph(watch.table);
  const isRunOver = watch.overAt !== undefined;
  const reader = (stepName: string, isSure: boolean): readonly Reader[] => {
    const other = stepNamed(watch.table, stepName);
    return other === undefined ? [] : [{stepName, status: stepStatus(other, isRunOver), isSure}];
  };
  return [
    ...(readersById.get(artifact.id) ?? []).flatMap(name => reader(name, true)),
    ...(waitingByName.get(step.name) ?? []).flatMap(name => reader(name, false)),
  ];
};
