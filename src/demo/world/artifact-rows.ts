import {computeMd5, deriveUuid} from '../derived-ids.js';
import type {InputScript, OutputScript} from '../script.js';
import {getArtifactKind} from './artifact-kinds.js';
import type {ArtifactRow, RunTimeline} from './model.js';
import type {TimedAttempt, TimedStep} from './schedule.js';

/** The artifact of an output without a name of its own is called `pipeline::step::output`. */
const getArtifactName = (run: RunTimeline, step: TimedStep, output: OutputScript): string =>
  output.name === 'output' ? `${run.script.pipeline}::${step.script.name}::output` : output.name;

/** The outputs of an attempt that succeeds, oldest first. They are written shortly before its end. */
export const buildOutputArtifacts = (
  run: RunTimeline,
  step: TimedStep,
  attempt: TimedAttempt,
  rowId: string,
): ArtifactRow[] => {
  if ((attempt.script.outcome ?? 'completed') !== 'completed' || !Number.isFinite(attempt.endAt)) {
    return [];
  }

  const outputs = step.script.outputs ?? [];
  return outputs.map((output, index) => {
    const kind = getArtifactKind(output.kind);
    const path = `${step.script.name}/${output.name}/${rowId}`;
    const content = output.content ?? rowId;
    return {
      id: deriveUuid(rowId, 'output', output.name),
      run,
      name: output.name,
      artifactName: getArtifactName(run, step, output),
      version: output.version ?? String(run.script.index),
      kind,
      saveType: 'step_output',
      uri: `${run.world.script.stack.path}/${path}/${computeMd5(path).slice(0, 8)}`,
      createdAt: attempt.endAt - 20 + (index * 12) / outputs.length,
      contentHash: kind.isHashed ? computeMd5('content', output.kind, content) : null,
      itemCount: output.itemCount ?? null,
      metadata: output.metadata ?? {},
      producerId: rowId,
    };
  });
};

/** A plain value passed to a step is stored as an artifact just before the step starts. */
export const buildExternalArtifact = (
  run: RunTimeline,
  rowId: string,
  attempt: TimedAttempt,
  input: Extract<InputScript, {readonly external: unknown}>,
): ArtifactRow => {
  const name = `external_${deriveUuid(rowId, 'external', input.name)}`;
  const kind = getArtifactKind(input.external.kind);
  return {
    id: deriveUuid(rowId, 'external version', input.name),
    run,
    name: input.name,
    artifactName: name,
    version: '1',
    kind,
    saveType: 'external',
    uri: `${run.world.script.stack.path}/external_artifacts/${name}`,
    createdAt: attempt.startAt - 10,
    contentHash: kind.isHashed
      ? computeMd5('content', input.external.kind, JSON.stringify(input.external.value))
      : null,
    itemCount: null,
    metadata: {string_representation: String(input.external.value)},
    producerId: null,
  };
};
