import {dim, type Line, plain, type Segment} from '../line.js';
import {cutLine} from '../line-cells.js';
import {plural} from '../plural.js';
import {safeText} from '../safe-text.js';
import {toneOfStatus} from '../status-words.js';
import type {ArtifactEntry, Reader} from './artifact-entry.js';
import type {MarkedLine} from './content.js';
import {field} from './field.js';

type ReadersView = {
  readonly width: number;
  /** Cells before the label. */
  readonly indent: number;
  readonly isToggled: (section: string) => boolean;
};

const shownReaders = 20;

const link = (text: string): Segment => ({text, tone: 'link'});

/** Each step that reads it on a line of its own, to be gone to. */
export const readerLines = (
  {readers, key}: ArtifactEntry,
  {width, indent, isToggled}: ReadersView,
): readonly MarkedLine[] => {
  if (readers === undefined) {
    return [];
  }

  const indented = (line: Line): Line => cutLine([plain(' '.repeat(indent)), ...line], width);

  if (readers.length === 0) {
    return field('read by', [[dim('no step of this run')]]).map(line => ({line: indented(line)}));
  }

  const fold = `${key}/readers`;
  const isWhole = readers.length <= shownReaders || isToggled(fold);
  const shown = isWhole ? readers : readers.slice(0, shownReaders);
  const lines = field('read by', shown.map(readerLine)).map((line, place): MarkedLine => {
    const name = shown[place]?.stepName ?? '';
    return {
      line: indented(line),
      mark: {key: `${key}/reader:${name}`, target: {kind: 'step', name}, copies: [{what: 'step name', text: name}]},
    };
  });
  const rest = readers.length - shown.length;
  const more = field('', [[dim(`and ${plural(rest, 'more', 'more')}`)]]);
  return rest === 0 ? lines : [...lines, ...more.map(line => ({line: indented(line), mark: {key: fold, fold}}))];
};

const readerLine = ({stepName, status, isSure}: Reader): Line => [
  link(safeText(stepName, {maxCells: 60})),
  {text: `  ${status}`, tone: toneOfStatus(status)},
  ...(isSure ? [] : [dim(', waits for this step')]),
];
