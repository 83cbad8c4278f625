import type {DagChildRun} from '../../domain/dag.js';
import {findLatestAttempt, type Step} from '../../domain/step.js';
import {findStep} from '../../domain/step-table.js';
import {createSegment, joinLines, type Line, renderDim} from '../../format/line.js';
import {formatPythonType} from '../../format/python-type.js';
import {sanitizeToWidth} from '../../format/sanitize-to-width.js';
import {getJoinedEdges} from '../../store/graph/joined-edges.js';
import type {OpenRun} from '../../store/run/open-run.js';

/** More inputs than these are left out. */
const maxInputs = 6;

/** The names of the steps that read what a child run wrote. */
export const listReaderNames = ({id}: DagChildRun, {table, childRuns}: OpenRun): readonly string[] =>
  [...getJoinedEdges(table, childRuns).childrenByReader].flatMap(([name, ids]) =>
    id !== undefined && ids.includes(id) ? [sanitizeToWidth(name, 60)] : [],
  );

/** The steps and child runs whose artifacts a step reads without an edge; their rails are dotted. */
export const renderJoined = (step: Step | undefined, {table, childRuns}: OpenRun): Line => {
  const {stepsByReader, childrenByReader} = getJoinedEdges(table, childRuns);
  const childIds = childrenByReader.get(step?.name ?? '') ?? [];
  const names = [
    ...(stepsByReader.get(step?.name ?? '') ?? []),
    ...childRuns.filter(({id}) => childIds.includes(id ?? '')).map(({name}) => name),
  ];
  return names.length === 0
    ? []
    : [createSegment(names.map(name => sanitizeToWidth(name, 60)).join(', ')), renderDim(' by loading an artifact')];
};

/** The steps that wrote what a step reads, by artifact version. Only its upstream steps are searched, as a run may have thousands. */
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

/** The artifacts that a step reads, with the steps that wrote them. */
export const renderArtifacts = (step: Step | undefined, openRun: OpenRun): Line => {
  const inputs = (step && findLatestAttempt(step)?.inputs) ?? [];
  const writersById =
    step === undefined || inputs.length === 0 ? new Map<string, string>() : listWriters(step, openRun);
  return joinLines(
    inputs.slice(0, maxInputs).map(({artifact}): Line => {
      const {artifactName, version, dataType, id} = artifact;
      const type = dataType === undefined ? '' : ` ${sanitizeToWidth(formatPythonType(dataType), 30)}`;
      const writer = writersById.get(id);
      return [
        createSegment(sanitizeToWidth(`${artifactName}:${version}`, 60)),
        renderDim(type + (writer === undefined ? '' : ` from ${sanitizeToWidth(writer, 60)}`)),
      ];
    }),
    ', ',
  );
};
