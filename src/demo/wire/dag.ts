import {formatWireTime, type JsonObject} from '../entity.js';
import type {InputScript} from '../script.js';
import {formatClassPath} from '../world/artifact-kinds.js';
import type {ArtifactRow, RunTimeline, StepRow} from '../world/model.js';
import {countRowChanges} from '../world/row-changes.js';
import {buildRunName} from '../world/run-names.js';
import {getUpstreamNames, type TimedStep} from '../world/schedule.js';
import {findNewestRow, hasRowEnded} from '../world/timeline.js';
import {getRunState, isRunVisible} from './run.js';
import {getLoggedValues, getRowStatus, getStartTime} from './step.js';
import {buildStepGroup} from './step-config.js';
import {buildWaitNode, isWaitVisible} from './wait.js';

const getSecondsBetween = (fromAt: number, toAt: number): number => Math.round((toAt - fromAt) * 1000) / 1_000_000;

type DrawnStep = {readonly step: TimedStep; readonly row: StepRow | undefined};

/**
 * Steps by level. Within a level, a static run keeps the order of definition; a dynamic run has only the steps that have
 * started, in the order of their start.
 */
const getDrawnSteps = (run: RunTimeline, now: number): DrawnStep[] => {
  const allSteps = run.getSteps().map(step => ({step, row: findNewestRow(run, step.script.name, now)}));
  const drawnSteps = run.script.dynamic
    ? allSteps.filter(({row}) => row !== undefined).sort(compareByFirstStart(run))
    : allSteps;
  return drawnSteps.sort((a, b) => a.step.level - b.step.level);
};

const compareByFirstStart =
  (run: RunTimeline) =>
  (a: DrawnStep, b: DrawnStep): number =>
    getFirstStartAt(run, a) - getFirstStartAt(run, b);

const getFirstStartAt = (run: RunTimeline, {step}: DrawnStep): number =>
  run.getStepRows(step.script.name)[0]?.attempt.startAt ?? 0;

const pickKeys = (values: JsonObject, keys: readonly string[]): JsonObject =>
  Object.fromEntries(keys.flatMap(key => (key in values ? [[key, values[key]]] : [])));

const buildStepNode = (
  run: RunTimeline,
  {step, row}: DrawnStep,
  now: number,
  metadataKeys: readonly string[],
): JsonObject => {
  const {name} = step.script;
  const runMetadata = row ? pickKeys(getLoggedValues(row, now), metadataKeys) : {};
  const group = buildStepGroup(run, step.script);
  const metadata = row && {
    ...(group ? {group} : {}),
    status: getRowStatus(row, now),
    ...(getStartTime(row, now) === null ? {} : {start_time: formatWireTime(row.attempt.startAt)}),
    ...(hasRowEnded(row, now) ? {duration: getSecondsBetween(row.attempt.startAt, row.attempt.endAt)} : {}),
    ...(Object.keys(runMetadata).length > 0 ? {run_metadata: runMetadata} : {}),
  };
  return {node_id: `step/${name}`, type: 'step', id: row?.id ?? null, name, metadata: metadata ?? {}};
};

const buildArtifactNode = (nodeId: string, name: string, artifact: ArtifactRow | undefined): JsonObject => ({
  node_id: nodeId,
  type: 'artifact',
  id: artifact?.id ?? null,
  name,
  metadata: artifact
    ? {type: artifact.kind.type, data_type: formatClassPath(artifact.kind.dataType), save_type: artifact.saveType}
    : {},
});

const formatOutputNodeId = (step: string, output: string): string => `${step}/outputs/step_output/${output}`;
const formatExternalNodeId = (step: string, input: string): string => `${step}/inputs/external/${input}`;

const buildArtifactNodes = ({step, row}: DrawnStep, now: number): JsonObject[] => {
  const {name, inputs = [], outputs = []} = step.script;
  const writtenOutputs = row && (row.original || hasRowEnded(row, now)) ? row.outputs : [];
  return [
    ...inputs
      .filter(input => 'external' in input)
      .map(input =>
        buildArtifactNode(
          formatExternalNodeId(name, input.name),
          input.name,
          row?.externalInputsByName.get(input.name),
        ),
      ),
    ...outputs.map(output => {
      const artifact = writtenOutputs.find(each => each.name === output.name);
      return buildArtifactNode(formatOutputNodeId(name, output.name), output.name, artifact);
    }),
  ];
};

/** The edge has no `index` until the step has started. */
const buildInputEdge = ({step, row}: DrawnStep, input: InputScript, index: number): JsonObject => ({
  source:
    'from' in input ? formatOutputNodeId(input.from, input.output) : formatExternalNodeId(step.script.name, input.name),
  target: `step/${step.script.name}`,
  metadata: {
    input_name: input.name,
    type: 'from' in input ? 'step_output' : 'external',
    ...(row ? {index} : {}),
    chunk_index: ('from' in input ? input.chunkIndex : undefined) ?? null,
    chunk_size: ('from' in input ? input.chunkSize : undefined) ?? null,
  },
});

const buildEdges = (drawnStep: DrawnStep): JsonObject[] => {
  const {name, inputs = [], outputs = []} = drawnStep.step.script;
  const linkedNames = new Set(inputs.flatMap(input => ('from' in input ? [input.from] : [])));
  const nextIndexByName = new Map<string, number>();
  const intoStep = inputs.map(input => {
    const index = nextIndexByName.get(input.name) ?? 0;
    nextIndexByName.set(input.name, index + 1);
    return buildInputEdge(drawnStep, input, index);
  });
  return [
    ...intoStep,
    ...getUpstreamNames(drawnStep.step.script)
      .filter(upstream => !linkedNames.has(upstream))
      .map(upstream => ({source: `step/${upstream}`, target: `step/${name}`, metadata: {}})),
    ...outputs.map(output => ({
      source: `step/${name}`,
      target: formatOutputNodeId(name, output.name),
      metadata: {output_name: output.name, type: 'step_output'},
    })),
  ];
};

const buildChildNode = (child: RunTimeline, now: number): JsonObject => {
  const {status, endTime} = getRunState(child, now);
  const end =
    endTime === null ? {} : {end_time: formatWireTime(endTime), duration: getSecondsBetween(child.startAt, endTime)};
  return {
    node_id: `child_run/${buildRunName(child)}`,
    type: 'triggered_run',
    id: child.id,
    name: buildRunName(child),
    metadata: {status, start_time: formatWireTime(child.startAt), ...end},
  };
};

const buildDag = (run: RunTimeline, now: number, metadataKeys: readonly string[]): JsonObject => {
  const drawnSteps = getDrawnSteps(run, now);
  const children = run.world.getChildRuns(run).filter(child => isRunVisible(child, now));
  return {
    id: run.id,
    status: getRunState(run, now).status,
    nodes: [
      ...drawnSteps.map(each => buildStepNode(run, each, now, metadataKeys)),
      ...drawnSteps.flatMap(each => buildArtifactNodes(each, now)),
      ...(isWaitVisible(run, now) ? [buildWaitNode(run)] : []),
      ...children.map(child => buildChildNode(child, now)),
    ],
    edges: drawnSteps.flatMap(buildEdges),
  };
};

const dagJsonByRun = new WeakMap<RunTimeline, {readonly key: string; readonly text: string}>();

/**
 * The whole DAG as JSON. Building a large one is slow, so it is cached until the run or one of its rows changes, unless something
 * else can change it: child runs, a question or metadata.
 */
export const encodeDag = (run: RunTimeline, now: number, metadataKeys: readonly string[]): string => {
  const isCacheable = metadataKeys.length === 0 && run.world.getChildRuns(run).length === 0 && !run.script.wait;
  const key = `${countRowChanges(run, now)} ${getRunState(run, now).at}`;
  const known = dagJsonByRun.get(run);
  if (isCacheable && known?.key === key) {
    return known.text;
  }

  const text = JSON.stringify(buildDag(run, now, metadataKeys));
  if (isCacheable) {
    dagJsonByRun.set(run, {key, text});
  }

  return text;
};
