import {dim, type Line, plain, strong} from '../line.js';
import {cutLine} from '../line-cells.js';
import {folded, unfolded} from '../marks.js';
import {plural} from '../plural.js';
import {safeText} from '../safe-text.js';
import {type BodyView, bodyLines} from './artifact-body.js';
import {type ArtifactEntry, artifactCopies} from './artifact-entry.js';
import {type HeadColumns, headColumns, headLine} from './artifact-head.js';
import type {MarkedLine} from './content.js';

export type ListView = BodyView & {
  readonly noun: 'input' | 'output';
  /** More can come: the step has not ended. */
  readonly isGoingOn: boolean;
  /** Only entries that hold this text are shown. */
  readonly filter: string;
};

/** From more entries on they lie in folds of so many. */
const mostUnfolded = 200;
const chunkSize = 100;

/**
 * Inputs or outputs, one line each; those that lie open with all that is known of them below:
 *
 *     2 inputs
 *     ▸ params   train_params:3    dict · from configure
 *     ▾ dataset  embeddings:17
 *         input    step_output
 *         from     embed, a step of this run
 *         uri      s3://…
 */
export const artifactListLines = (entries: readonly ArtifactEntry[], view: ListView): readonly MarkedLine[] => {
  if (entries.length === 0) {
    return [{line: [dim(`no ${view.noun}s${view.isGoingOn ? ' yet' : ''}`)]}];
  }

  const found = entries.filter(entry => holds(entry, view.filter.toLowerCase()));
  const columns = headColumns(found.slice(0, mostUnfolded), view.width);
  return [{line: titleLine(entries.length, found.length, view)}, ...chunkLines(found, columns, view)];
};

const titleLine = (count: number, found: number, {noun, filter, width}: ListView): Line => {
  const [number = '', word = ''] = plural(count, noun).split(' ');
  const narrowed =
    filter === '' ? [] : [dim(`, ${found === 0 ? 'none' : found} with `), plain(safeText(filter, {maxCells: 40}))];
  return cutLine([strong(number), dim(` ${word}`), ...narrowed], width);
};

const holds = ({name, artifact, inputType, origin}: ArtifactEntry, wanted: string): boolean =>
  wanted === '' ||
  [name, `${artifact.artifactName}:${artifact.version}`, artifact.dataType, inputType, origin?.stepName].some(
    text => text?.toLowerCase().includes(wanted) === true,
  );

const chunkLines = (entries: readonly ArtifactEntry[], columns: HeadColumns, view: ListView): readonly MarkedLine[] => {
  if (entries.length <= mostUnfolded) {
    return entries.flatMap((entry, place) => entryLines(entry, entries[place - 1], columns, view));
  }

  const lines: MarkedLine[] = [];
  for (let from = 0; from < entries.length; from += chunkSize) {
    const chunk = entries.slice(from, from + chunkSize);
    const section = `${view.noun}s:${from}`;
    const isOpen = view.isToggled(section);
    const ends = [chunk[0], chunk.at(-1)].map(entry => safeText(`${entry?.name}${entry?.part}`, {maxCells: 24}));
    const line: Line = [
      dim(`${isOpen ? unfolded : folded} `),
      strong(`${from + 1}–${from + chunk.length}`),
      dim(`  ${ends.join(' – ')}`),
    ];
    lines.push({line: cutLine(line, view.width), mark: {key: section, fold: section}});
    if (isOpen) {
      lines.push(...chunk.flatMap((entry, place) => entryLines(entry, chunk[place - 1], columns, view)));
    }
  }

  return lines;
};

/** A list of inputs stands under its name once, but below an open entry the name is said again. */
const entryLines = (
  entry: ArtifactEntry,
  above: ArtifactEntry | undefined,
  columns: HeadColumns,
  view: ListView,
): readonly MarkedLine[] => {
  const isRepeated = above?.name === entry.name && !above.isOpen;
  const target = entry.readers === undefined ? targetOf(entry) : undefined;
  const mark = {
    key: entry.key,
    fold: entry.key,
    copies: artifactCopies(entry.artifact),
    ...(target === undefined ? {} : {target}),
  };
  const head: MarkedLine = {line: headLine(entry, isRepeated, columns, view.width), mark};
  return entry.isOpen ? [head, ...bodyLines(entry, view)] : [head];
};

const targetOf = ({origin}: ArtifactEntry) => {
  if (origin === undefined) {
    return undefined;
  }

  return origin.kind === 'here'
    ? ({kind: 'step', name: origin.stepName} as const)
    : ({kind: 'run', runId: origin.runId, stepName: origin.stepName} as const);
};
