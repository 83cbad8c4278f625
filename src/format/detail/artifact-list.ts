import {foldCase} from '../../domain/fold-case.js';
import {cutLine, type Line, renderDim, renderPlain, renderStrong} from '../line.js';
import {collapsedSign, expandedSign} from '../marks.js';
import {formatCount} from '../number.js';
import {pluralize} from '../plural.js';
import {sanitizeToWidth} from '../sanitize-to-width.js';
import {type BodyView, renderArtifactBody} from './artifact-body.js';
import {type ArtifactEntry, buildArtifactCopies} from './artifact-entry.js';
import {type HeadColumns, layOutHeadColumns, renderArtifactHead} from './artifact-head.js';
import type {MarkedLine} from './content.js';

export type ListView = BodyView & {
  readonly noun: 'input' | 'output';
  /** More entries can appear, as the step has not finished. */
  readonly isUnfinished: boolean;
  /** Only entries that contain this text are shown. */
  readonly filter: string;
};

/** More entries than this are grouped in sections. */
const maxUngroupedEntries = 200;
const entriesPerSection = 100;

/**
 * Inputs or outputs, one line each; open ones are followed by their details:
 *
 *     2 inputs
 *     ▸ params   train_params:3    dict · from configure
 *     ▾ dataset  embeddings:17
 *         input    step_output
 *         from     embed in this run
 *         uri      s3://…
 */
export const renderArtifactList = (entries: readonly ArtifactEntry[], view: ListView): readonly MarkedLine[] => {
  if (entries.length === 0) {
    return [{line: [renderDim(`no ${view.noun}s${view.isUnfinished ? ' yet' : ''}`)]}];
  }

  const matches = entries.filter(entry => isMatch(entry, foldCase(view.filter)));
  const columns = layOutHeadColumns(matches.slice(0, maxUngroupedEntries), view.width);
  return [{line: renderTitle(entries.length, matches.length, view)}, ...renderChunks(matches, columns, view)];
};

const renderTitle = (count: number, matchCount: number, {noun, filter, width}: ListView): Line => {
  const [number = '', word = ''] = pluralize(count, noun).split(' ');
  const filterNote =
    filter === ''
      ? []
      : [
          renderDim(`, ${matchCount === 0 ? 'none' : formatCount(matchCount)} matching `),
          renderPlain(sanitizeToWidth(filter, 40)),
        ];
  return cutLine([renderStrong(number), renderDim(` ${word}`), ...filterNote], width);
};

const isMatch = ({name, artifact, inputType, origin}: ArtifactEntry, wanted: string): boolean =>
  wanted === '' ||
  [name, `${artifact.artifactName}:${artifact.version}`, artifact.dataType, inputType, origin?.stepName].some(
    text => text !== undefined && foldCase(text).includes(wanted),
  );

const renderChunks = (
  entries: readonly ArtifactEntry[],
  columns: HeadColumns,
  view: ListView,
): readonly MarkedLine[] => {
  if (entries.length <= maxUngroupedEntries) {
    return entries.flatMap((entry, index) => renderEntry(entry, entries[index - 1], columns, view));
  }

  const lines: MarkedLine[] = [];
  for (let from = 0; from < entries.length; from += entriesPerSection) {
    const chunk = entries.slice(from, from + entriesPerSection);
    const section = `${view.noun}s:${from}`;
    const isOpen = view.isToggled(section);
    const ends = [chunk[0], chunk.at(-1)].map(entry => sanitizeToWidth(`${entry?.name}${entry?.part}`, 24));
    const line: Line = [
      renderDim(`${isOpen ? expandedSign : collapsedSign} `),
      renderStrong(`${formatCount(from + 1)}–${formatCount(from + chunk.length)}`),
      renderDim(`  ${ends.join(' – ')}`),
    ];
    lines.push({line: cutLine(line, view.width), mark: {key: section, section: section}});
    if (isOpen) {
      lines.push(...chunk.flatMap((entry, index) => renderEntry(entry, chunk[index - 1], columns, view)));
    }
  }

  return lines;
};

/** The name of a list of inputs is shown once, but repeated after an open entry. */
const renderEntry = (
  entry: ArtifactEntry,
  above: ArtifactEntry | undefined,
  columns: HeadColumns,
  view: ListView,
): readonly MarkedLine[] => {
  const isRepeated = above?.name === entry.name && !above.isOpen;
  const target = entry.readers === undefined ? getOriginTarget(entry) : undefined;
  const mark = {
    key: entry.key,
    section: entry.key,
    copyTexts: buildArtifactCopies(entry.artifact),
    ...(target === undefined ? {} : {target}),
  };
  const head: MarkedLine = {line: renderArtifactHead(entry, isRepeated, columns, view.width), mark};
  return entry.isOpen ? [head, ...renderArtifactBody(entry, view)] : [head];
};

const getOriginTarget = ({origin}: ArtifactEntry) => {
  if (origin === undefined) {
    return undefined;
  }

  return origin.kind === 'here'
    ? ({kind: 'step', name: origin.stepName} as const)
    : ({kind: 'run', runId: origin.runId, stepName: origin.stepName} as const);
};
