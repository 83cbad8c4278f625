import type {DagChildRun} from '../../domain/dag.js';
import type {Instant} from '../../domain/instant.js';
import {findLatestAttempt, type Step} from '../../domain/step.js';
import {findStep, findStepAt} from '../../domain/step-table.js';
import {findWaitReason} from '../../domain/wait-reason.js';
import {padEnd} from '../../format/cells.js';
import {formatCycle} from '../../format/graph/cycle-words.js';
import {
  blankLine,
  createSegment,
  cutLine,
  joinLines,
  type Line,
  renderDim,
  renderPlain,
  renderStrong,
} from '../../format/line.js';
import {formatCount} from '../../format/number.js';
import {formatPythonType} from '../../format/python-type.js';
import {sanitizeToWidth} from '../../format/sanitize-to-width.js';
import {formatWait} from '../../format/wait-words.js';
import {wrapLine} from '../../format/wrap.js';
import {getJoinedEdges} from '../../store/graph/joined-edges.js';
import {findNeighbors, type Neighbor} from '../../store/graph/neighbors.js';
import type {RowGraph} from '../../store/graph/row-graph.js';
import type {Row} from '../../store/list/rows.js';
import type {OpenRun} from '../../store/run/open-run.js';
import {getWaitFacts} from '../../store/run/wait-facts.js';
import {findSelectedRow, getListedGraph} from '../../store/selectors.js';
import type {Theme} from '../../theme/theme.js';
import {buildGroupFacts} from '../list/group-facts.js';
import {buildRowFacts} from '../list/row-facts.js';
import type {RowFacts} from '../list/row-text.js';
import {buildStepFacts} from '../list/step-facts.js';

type PanelInput = {
  readonly openRun: OpenRun;
  /** By the server's clock. */
  readonly now: Instant;
  readonly theme: Theme;
  readonly width: number;
  readonly height: number;
  readonly isBeside: boolean;
};

type Field = {readonly label: string; readonly value: Line};

const labelCells = 12;

/** Lines narrower than this have arrows instead of labels. */
const minLabeledCells = 56;

/** What the selected row takes from and feeds, and the artifacts it reads, in at most `height` lines. */
export const renderGraphPanel = (input: PanelInput): readonly Line[] => {
  const {openRun, now, theme, width, height, isBeside} = input;
  const row = findSelectedRow(openRun);
  const facts = row && buildRowFacts(row, openRun, now, theme);
  if (row === undefined || facts === undefined || height <= 0) {
    return [];
  }

  const fields = listFields(row, input);
  if (isBeside) {
    const lines = fields.flatMap(({label, value}) =>
      wrapLine([createSegment(padEnd(label, labelCells), 'label'), ...value], width, labelCells).map(unglue),
    );
    return [[renderStrong(facts.name)], blankLine, ...lines].slice(0, height);
  }

  const lines =
    width < minLabeledCells
      ? fields.map(({label, value}) => [createSegment(`${getArrow(label, theme)} `, 'label'), ...value])
      : [
          [renderDim(theme.glyph.line.repeat(width))],
          ...fields.map(({label, value}) => [createSegment(padEnd(label, labelCells), 'label'), ...value]),
        ];
  return lines.slice(0, height).map(line => cutLine(unglue(line), width));
};

/** A space at which lines do not break: between the status of a step, its name and its time. */
const glue = '\u00a0';

const unglue = (line: Line): Line => line.map(({text, tone}) => ({text: text.replaceAll(glue, ' '), tone}));

const getArrow = (label: string, {isAscii}: Theme): string => {
  const [fromArrow, toArrow] = isAscii ? ['<', '>'] : ['←', '→'];
  return label === upstreamLabel ? fromArrow : label === downstreamLabel ? toArrow : `${label}:`;
};

const upstreamLabel = 'takes from';
const downstreamLabel = 'feeds';

const listFields = (row: Row, input: PanelInput): readonly Field[] => {
  const {openRun} = input;
  if (row.kind === 'run' || row.kind === 'question') {
    const what = row.kind === 'run' ? 'child runs' : 'wait conditions';
    const readers = row.kind === 'run' ? listReaders(row.child, openRun) : [];
    return [
      {label: upstreamLabel, value: [renderDim(`not recorded by ZenML for ${what}`)]},
      ...(readers.length === 0 ? [] : [{label: downstreamLabel, value: [createSegment(readers.join(', '))]}]),
    ];
  }

  if (row.kind === 'child-step') {
    const names = joinLines(
      row.step.upstream.map(name => [createSegment(sanitizeToWidth(name, 60))]),
      ', ',
    );
    return [{label: upstreamLabel, value: names.length === 0 ? [renderDim('nothing')] : names}];
  }

  if (row.kind === 'this-run') {
    return [{label: 'graph', value: [renderDim('select a step to see what it takes from and feeds')]}];
  }

  const {upstream, downstream} = findNeighbors(openRun.table, row);
  const step = row.kind === 'step' ? findStepAt(openRun.table, row.index) : undefined;
  const wait = step && findWaitReason(step, getWaitFacts(openRun));
  const fields: readonly Field[] = [
    {label: upstreamLabel, value: renderNeighbors(upstream, input, 'nothing')},
    {label: downstreamLabel, value: renderFed(row, downstream, input)},
    {label: 'waiting', value: wait === undefined ? [] : [renderPlain(formatWait(wait, input.now))]},
    {label: 'reads from', value: renderJoined(step, openRun)},
    {label: 'artifacts', value: renderArtifacts(step, openRun)},
    {label: 'cycle', value: renderCycle(getListedGraph(openRun))},
  ];
  return fields.filter(({value}) => value.length > 0);
};

/** The names of the steps that read what a child run wrote. */
const listReaders = ({id}: DagChildRun, {table, childRuns}: OpenRun): readonly string[] =>
  [...getJoinedEdges(table, childRuns).childrenByReader].flatMap(([name, ids]) =>
    id !== undefined && ids.includes(id) ? [sanitizeToWidth(name, 60)] : [],
  );

/** Steps and child runs whose artifacts it loads; their rails are dotted. */
const renderJoined = (step: Step | undefined, {table, childRuns}: OpenRun): Line => {
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

/** Pipelines have no cycles, so this is a sign of broken data. */
const renderCycle = ({cyclicEdgeCount}: RowGraph): Line =>
  cyclicEdgeCount === 0 ? [] : [createSegment(formatCycle(cyclicEdgeCount), 'warning')];

/** More neighbors than these are only counted. */
const maxNeighbors = 6;

const joinNeighbors = (neighbors: readonly Neighbor[], input: PanelInput): Line => {
  const more = neighbors.length - maxNeighbors;
  return [
    ...joinLines(
      neighbors.slice(0, maxNeighbors).map(neighbor => renderNeighbor(neighbor, input)),
      ', ',
    ),
    ...(more > 0 ? [renderDim(`, ${more} more`)] : []),
  ];
};

const renderNeighbors = (neighbors: readonly Neighbor[], input: PanelInput, nothing: string): Line =>
  neighbors.length === 0 ? [renderDim(nothing)] : joinNeighbors(neighbors, input);

/** More steps than these are counted without looking at their groups. */
const maxListedOthers = 200;

/** What a single downstream step waits for besides: `evaluate (also waits for train_small)`. */
const renderFed = (row: Row, downstream: readonly Neighbor[], input: PanelInput): Line => {
  const {table} = input.openRun;
  const line = renderNeighbors(downstream, input, 'nothing');
  const [only] = downstream;
  if (only?.kind !== 'step' || downstream.length > 1 || row.kind !== 'step') {
    return line;
  }

  const otherCount = only.step.upstream.length - 1;
  if (otherCount > maxListedOthers) {
    return [...line, renderDim(`  (also waits for ${formatCount(otherCount)} other steps)`)];
  }

  const index = table.structure.indexByName.get(only.step.name);
  const own = findStepAt(table, row.index)?.name;
  const others =
    index === undefined
      ? []
      : findNeighbors(table, {kind: 'step', key: '', index, isInGroup: false}).upstream.filter(
          other => other.kind === 'group' || other.step.name !== own,
        );
  return others.length === 0
    ? line
    : [...line, renderDim('  (also waits for '), ...joinNeighbors(others, input), renderDim(')')];
};

const renderNeighbor = (neighbor: Neighbor, {openRun, now, theme}: PanelInput): Line => {
  const {table, overAt} = openRun;
  const isRunOver = overAt !== undefined;
  const facts: RowFacts =
    neighbor.kind === 'step'
      ? buildStepFacts(neighbor.step, {isRunOver, now, isInGroup: false}, theme)
      : buildGroupFacts(neighbor.group, {table, isRunOver, isOpen: false, shownCount: undefined, now}, theme);
  return [
    createSegment(facts.glyph, facts.tone),
    createSegment(`${glue}${facts.name}`),
    ...(facts.counts[0] ?? []),
    ...(facts.time === '' ? [] : [renderDim(`${glue}${facts.time}`)]),
  ];
};

/** The steps that wrote what a step reads, by artifact version. Only those that it follows are looked at: there may be thousands. */
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
const renderArtifacts = (step: Step | undefined, openRun: OpenRun): Line => {
  const inputs = (step && findLatestAttempt(step)?.inputs) ?? [];
  const writersById =
    step === undefined || inputs.length === 0 ? new Map<string, string>() : listWriters(step, openRun);
  return joinLines(
    inputs.slice(0, maxNeighbors).map(({artifact}): Line => {
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
