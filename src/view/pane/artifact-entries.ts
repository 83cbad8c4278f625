import type {ArtifactVersion, ArtifactVersionDetail, StepInput} from '../../domain/artifact.js';
import {getArtifactGraph} from '../../domain/artifact-graph.js';
import {getStepStatus, type Step} from '../../domain/step.js';
import {findStep} from '../../domain/step-table.js';
import type {ArtifactEntry, Origin, Reader} from '../../format/detail/artifact-entry.js';
import {findInputWriter, formatInputPart, getInputPosition} from '../../format/detail/input-source.js';
import {findPreviousStep} from '../../store/history/history.js';
import {getArtifactVersionKey} from '../../store/run/artifact-needs.js';
import type {OpenRun} from '../../store/run/open-run.js';
import {selectShownAttempt, selectShownDetail} from '../../store/selectors.js';
import type {State} from '../../store/state.js';
import {getListedArtifacts, selectInputs, selectOutputs} from '../../store/ui/listed-artifacts.js';

/** The inputs of the shown attempt; `undefined` until they are known. */
export const selectInputEntries = (state: State, openRun: OpenRun): readonly ArtifactEntry[] | undefined => {
  const inputs = selectInputs(selectShownAttempt(state), state);
  if (inputs === undefined) {
    return undefined;
  }

  const listed = getListedArtifacts(
    openRun,
    'input',
    inputs.map(({artifact}) => artifact),
  );
  return inputs.map((input, index) => ({
    ...selectArtifactState(state, openRun, input.artifact),
    key: listed[index]?.key ?? '',
    isOpen: listed[index]?.isOpen ?? false,
    name: input.name,
    part: formatInputPart(input),
    inputType: input.inputType,
    origin: selectOrigin(state, openRun, inputs, index),
    previous: undefined,
    readers: undefined,
  }));
};

/** The outputs of the shown attempt, with the previous run's artifact of the same name; `undefined` until they are known. */
export const selectOutputEntries = (
  state: State,
  openRun: OpenRun,
  step: Step,
): readonly ArtifactEntry[] | undefined => {
  const outputs = selectOutputs(selectShownAttempt(state), state);
  if (outputs === undefined) {
    return undefined;
  }

  const listed = getListedArtifacts(
    openRun,
    'output',
    outputs.map(({artifact}) => artifact),
  );
  return outputs.map(({name, artifact}, index) => ({
    ...selectArtifactState(state, openRun, artifact),
    key: listed[index]?.key ?? '',
    isOpen: listed[index]?.isOpen ?? false,
    name,
    part: '',
    inputType: undefined,
    origin: undefined,
    previous: findPreviousDetail(openRun, step, artifact),
    readers: getReaders(openRun, step, artifact),
  }));
};

const selectArtifactState = (state: State, openRun: OpenRun, artifact: ArtifactVersion) => ({
  artifact,
  detail: openRun.artifactsById.get(artifact.id),
  detailFailure: state.requestsByKey.get(getArtifactVersionKey(artifact.id))?.failure,
});

/**
 * The step of this run that provides or wrote the input; else the step of another run that wrote it, if
 * the artifact version is loaded.
 */
const selectOrigin = (
  state: State,
  openRun: OpenRun,
  inputs: readonly StepInput[],
  index: number,
): Origin | undefined => {
  const input = inputs[index];
  if (input === undefined) {
    return undefined;
  }

  const isOfPipeline = input.inputType === undefined || input.inputType === 'step_output';
  const writer = findInputWriter(
    input,
    getInputPosition(inputs, index),
    isOfPipeline ? selectShownDetail(state)?.spec : undefined,
  );
  const stepName = writer ?? getArtifactGraph(openRun.table).writersById.get(input.artifact.id);
  if (stepName !== undefined && findStep(openRun.table, stepName) !== undefined) {
    return {kind: 'here', stepName};
  }

  const detail = openRun.artifactsById.get(input.artifact.id);
  return detail && findOriginElsewhere(openRun, detail);
};

const findOriginElsewhere = (openRun: OpenRun, detail: ArtifactVersionDetail): Origin | undefined => {
  const {producerRunId, producerStepId} = detail;
  if (producerRunId === undefined || producerRunId === openRun.runId) {
    return undefined;
  }

  const producer = producerStepId && openRun.detailsById.get(producerStepId);
  return {
    kind: 'elsewhere',
    runId: producerRunId,
    runName: openRun.referencedRunsById.get(producerRunId)?.name,
    stepName: producer?.attempt.name,
  };
};

const findPreviousDetail = (
  openRun: OpenRun,
  step: Step,
  artifact: ArtifactVersion,
): ArtifactVersionDetail | undefined => {
  const outputs = findPreviousStep(openRun, step.name)?.detail.attempt.outputs ?? [];
  const id = outputs.find(({artifact: {artifactName}}) => artifactName === artifact.artifactName)?.artifact.id;
  return id === undefined || id === artifact.id ? undefined : openRun.artifactsById.get(id);
};

const getReaders = (openRun: OpenRun, step: Step, artifact: ArtifactVersion): readonly Reader[] => {
  const {readersById, possibleReadersByName} = getArtifactGraph(openRun.table);
  const isRunOver = openRun.overAt !== undefined;
  const buildReader = (stepName: string, isCertain: boolean): readonly Reader[] => {
    const other = findStep(openRun.table, stepName);
    return other === undefined ? [] : [{stepName, status: getStepStatus(other, isRunOver), isCertain}];
  };
  return [
    ...(readersById.get(artifact.id) ?? []).flatMap(name => buildReader(name, true)),
    ...(possibleReadersByName.get(step.name) ?? []).flatMap(name => buildReader(name, false)),
  ];
};
