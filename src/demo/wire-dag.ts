import {importPath} from './artifact-kinds.js';
import type {ArtifactRow} from './artifact-rows.js';
import {changesSoFar} from './row-changes.js';
import {runName} from './run-names.js';
import {type TimedStep, upstreamOf} from './schedule.js';
import type {InputScript} from './script.js';
import {hasEnded, newestRow, type RunTimeline, type StepRow} from './timeline.js';
import {type Wire, wireTime} from './wire.js';
import {runExists, runPhase} from './wire-run.js';
import {metadataOf, startTime, statusOf} from './wire-step.js';
import {groupOf} from './wire-step-config.js';
import {waitExists, waitNode} from './wire-wait.js';

const seconds = (fromAt: number, toAt: number): number => Math.round((toAt - fromAt) * 1000) / 1_000_000;

type Drawn = {readonly step: TimedStep; readonly row: StepRow | undefined};

/**
 * Steps by level; within a level a static run keeps the order of definition, a dynamic one knows only the steps that have
 * started, in the order in which they did.
 */
const drawnSteps = (run: RunTimeline, now: number): Drawn[] => {
  const all = run.steps().map(step => ({step, row: newestRow(run, step.script.name, now)}));
  const drawn = run.script.dynamic ? all.filter(({row}) => row !== undefined).sort(byFirstStart(run)) : all;
  return drawn.sort((a, b) => a.step.level - b.step.level);
};

const byFirstStart =
  (run: RunTimeline) =>
  (a: Drawn, b: Drawn): number =>
    firstStart(run, a) - firstStart(run, b);

const firstStart = (run: RunTimeline, {step}: Drawn): number => run.rowsOf(step.script.name)[0]?.attempt.startAt ?? 0;

const pick = (values: Wire, keys: readonly string[]): Wire =>
  Object.fromEntries(keys.flatMap(key => (key in values ? [[key, values[key]]] : [])));

const stepNode = (run: RunTimeline, {step, row}: Drawn, now: number, metadataKeys: readonly string[]): Wire => {
  const {name} = step.script;
  const picked = row ? pick(metadataOf(row, now), metadataKeys) : {};
  const group = groupOf(run, step.script);
  const metadata = row && {
    ...(group ? {group} : {}),
    ...(step.script.type ? {type: step.script.type} : {}),
    status: statusOf(row, now),
    ...(startTime(row, now) === null ? {} : {start_time: wireTime(row.attempt.startAt)}),
    ...(hasEnded(row, now) ? {duration: seconds(row.attempt.startAt, row.attempt.endAt)} : {}),
    ...(Object.keys(picked).length > 0 ? {run_metadata: picked} : {}),
  };
  return {node_id: `step/${name}`, type: 'step', id: row?.id ?? null, name, metadata: metadata ?? {}};
};

const artifactNode = (nodeId: string, name: string, artifact: ArtifactRow | undefined): Wire => ({
  node_id: nodeId,
  type: 'artifact',
  id: artifact?.id ?? null,
  name,
  metadata: artifact
    ? {type: artifact.kind.type, data_type: importPath(artifact.kind.dataType), save_type: artifact.saveType}
    : {},
});

const outputNodeId = (step: string, output: string): string => `${step}/outputs/step_output/${output}`;
const externalNodeId = (step: string, input: string): string => `${step}/inputs/external/${input}`;

const artifactNodes = ({step, row}: Drawn, now: number): Wire[] => {
  const {name, inputs = [], outputs = []} = step.script;
  const written = row && (row.original || hasEnded(row, now)) ? row.outputs : [];
  return [
    ...inputs
      .filter(input => 'external' in input)
      .map(input => artifactNode(externalNodeId(name, input.name), input.name, row?.externalInputs.get(input.name))),
    ...outputs.map(output => {
      const artifact = written.find(each => each.outputName === output.name);
      return artifactNode(outputNodeId(name, output.name), output.name, artifact);
    }),
  ];
};

/** An edge into a step that has not started lacks the `index` of the input. */
const inputEdge = ({step, row}: Drawn, input: InputScript, index: number): Wire => ({
  source: 'from' in input ? outputNodeId(input.from, input.output) : externalNodeId(step.script.name, input.name),
  target: `step/${step.script.name}`,
  metadata: {
    input_name: input.name,
    type: 'from' in input ? 'step_output' : 'external',
    ...(row ? {index} : {}),
    chunk_index: ('from' in input ? input.chunkIndex : undefined) ?? null,
    chunk_size: ('from' in input ? input.chunkSize : undefined) ?? null,
  },
});

const edgesOf = (drawn: Drawn): Wire[] => {
  const {name, inputs = [], outputs = []} = drawn.step.script;
  const linked = new Set(inputs.flatMap(input => ('from' in input ? [input.from] : [])));
  const indexes = new Map<string, number>();
  const intoStep = inputs.map(input => {
    const index = indexes.get(input.name) ?? 0;
    indexes.set(input.name, index + 1);
    return inputEdge(drawn, input, index);
  });
  return [
    ...intoStep,
    ...upstreamOf(drawn.step.script)
      .filter(upstream => !linked.has(upstream))
      .map(upstream => ({source: `step/${upstream}`, target: `step/${name}`, metadata: {}})),
    ...outputs.map(output => ({
      source: `step/${name}`,
      target: outputNodeId(name, output.name),
      metadata: {output_name: output.name, type: 'step_output'},
    })),
  ];
};

const childNode = (child: RunTimeline, now: number): Wire => {
  const {status, endTime} = runPhase(child, now);
  const end = endTime === null ? {} : {end_time: wireTime(endTime), duration: seconds(child.startAt, endTime)};
  return {
    node_id: `child_run/${runName(child)}`,
    type: 'triggered_run',
    id: child.id,
    name: runName(child),
    metadata: {status, start_time: wireTime(child.startAt), ...end},
  };
};

const dagWire = (run: RunTimeline, now: number, metadataKeys: readonly string[]): Wire => {
  const drawn = drawnSteps(run, now);
  const children = run.world.childrenOf(run).filter(child => runExists(child, now));
  return {
    id: run.id,
    status: runPhase(run, now).status,
    nodes: [
      ...drawn.map(each => stepNode(run, each, now, metadataKeys)),
      ...drawn.flatMap(each => artifactNodes(each, now)),
      ...(waitExists(run, now) ? [waitNode(run)] : []),
      ...children.map(child => childNode(child, now)),
    ],
    edges: drawn.flatMap(edgesOf),
  };
};

const remembered = new WeakMap<RunTimeline, {readonly key: string; readonly text: string}>();

/** The whole DAG as JSON. Asked again before anything has changed, a big one is not built anew. */
export const dagJson = (run: RunTimeline, now: number, metadataKeys: readonly string[]): string => {
  const isPlain = metadataKeys.length === 0 && run.world.childrenOf(run).length === 0 && !run.script.wait;
  const key = `${changesSoFar(run, now)} ${runPhase(run, now).at}`;
  const known = remembered.get(run);
  if (isPlain && known?.key === key) {
    return known.text;
  }
  const text = JSON.stringify(dagWire(run, now, metadataKeys));
  if (isPlain) {
    remembered.set(run, {key, text});
  }
  return text;
};
