import {type DagChildRun, getChildRunLabel} from '../../domain/dag.js';
import {findLatestAttempt, type Step} from '../../domain/step.js';
import {findStep} from '../../domain/step-table.js';
import {createSegment, joinLines, type Line, renderDim} from '../../format/line.js';
import {timesSign} from '../../format/marks.js';
import {formatCount} from '../../format/number.js';
import {formatPythonType} from '../../format/python-type.js';
import {sanitizeToWidth} from '../../format/sanitize-to-width.js';
import {getJoinedEdges} from '../../store/graph/joined-edges.js';
import type {OpenRun} from '../../store/run/open-run.js';

/** More inputs than this are left out. */
const maxInputs = 6;

/** The names of the steps that read what a child run wrote. */
export const listReaderNames = ({id}: DagChildRun, {table, childRuns}: OpenRun): readonly string[] =>
  [...getJoinedEdges(table, childRuns).childrenByReader].flatMap(([name, ids]) =>
    id !== undefined && ids.includes(id) ? [sanitizeToWidth(name, 60)] : [],
  );

/** The steps and child runs whose artifacts a step reads without an edge; their rails are dotted. */
export const renderWritersWithoutEdge = (step: Step | undefined, {table, childRuns}: OpenRun): Line => {
  const {stepsByReader, childrenByReader} = getJoinedEdges(table, childRuns);
  const childIds = childrenByReader.get(step?.name ?? '') ?? [];
  const names = [
    ...(stepsByReader.get(step?.name ?? '') ?? []),
    ...childRuns.filter(({id}) => childIds.includes(id ?? '')).map(getChildRunLabel),
  ];
  return names.length === 0
    ? []
    : [createSegment(names.map(name => sanitizeToWidth(name, 60)).join(', ')), renderDim(' by loading an artifact')];
};

/**
 * The steps that wrote what a step reads, by artifact version. Only its upstream steps are searched, as a run may have thousands.
 */
const listWriters = ({name, upstream}: Step, {table, childRuns}: OpenRun): ReadonlyMap<string, string> => {
  const names = [...upstream, ...(getJoinedEdges(table, childRuns).stepsByReader.get(name) ?? [])];
  return new Map(
    names.flatMap(writer => {
      const step = findStep(table, writer);
      const outputs = (step && findLatestAttempt(step)?.outputs) ?? [];
      return outputs.map(({artifact}) => [artifact.id, writer] as const);
    }),
  );
};

/** The artifacts that a step reads, with the steps that wrote them; those from the items of a group are counted. */
export const renderArtifacts = (step: Step | undefined, openRun: OpenRun): Line => {
  const inputs = (step && findLatestAttempt(step)?.inputs) ?? [];
  const writersById =
    step === undefined || inputs.length === 0 ? new Map<string, string>() : listWriters(step, openRun);
  const readsByKey = new Map<string, Read>();
  for (const {artifact} of inputs) {
    const {artifactName, version, dataType, id} = artifact;
    const writer = writersById.get(id);
    const group = writer === undefined ? undefined : findStep(openRun.table, writer)?.group?.name;
    const key = group === undefined ? id : `${artifactName} ${group}`;
    const known = readsByKey.get(key);
    const type = dataType === undefined ? '' : ` ${sanitizeToWidth(formatPythonType(dataType), 30)}`;
    readsByKey.set(
      key,
      known === undefined
        ? {name: artifactName, version, type, from: writer, count: 1}
        : {...known, from: group, count: known.count + 1},
    );
  }

  return joinLines([...readsByKey.values()].slice(0, maxInputs).map(renderRead), ', ');
};

type Read = {
  readonly name: string;
  readonly version: string;
  readonly type: string;
  readonly from: string | undefined;
  readonly count: number;
};

const renderRead = ({name, version, type, from, count}: Read): Line => [
  createSegment(sanitizeToWidth(count === 1 ? `${name}:${version}` : `${name} ${timesSign}${formatCount(count)}`, 60)),
  renderDim(type + (from === undefined ? '' : ` from ${sanitizeToWidth(from, 60)}`)),
];
