import {cutLine, type Line, renderDim, renderPlain, type Segment} from '../line.js';
import {pluralize} from '../plural.js';
import {sanitizeToWidth} from '../sanitize-to-width.js';
import {getStatusTone} from '../status-words.js';
import type {ArtifactEntry, Reader} from './artifact-entry.js';
import type {MarkedLine} from './content.js';
import {renderField} from './field.js';

type ReadersView = {
  readonly width: number;
  /** Cells before the label. */
  readonly indent: number;
  readonly isToggled: (section: string) => boolean;
};

const maxShownReaders = 20;

const renderLink = (text: string): Segment => ({text, tone: 'link'});

/** One line for each step that reads the artifact, which Enter opens. */
export const renderReaders = (
  {readers, key}: ArtifactEntry,
  {width, indent, isToggled}: ReadersView,
): readonly MarkedLine[] => {
  if (readers === undefined) {
    return [];
  }

  const indentLine = (line: Line): Line => cutLine([renderPlain(' '.repeat(indent)), ...line], width);

  if (readers.length === 0) {
    return renderField('used by', [[renderDim('no step of this run')]]).map(line => ({line: indentLine(line)}));
  }

  const section = `${key}/readers`;
  const isWhole = readers.length <= maxShownReaders || isToggled(section);
  const shownReaders = isWhole ? readers : readers.slice(0, maxShownReaders);
  const lines = renderField('used by', shownReaders.map(renderReader)).map((line, index): MarkedLine => {
    const name = shownReaders[index]?.stepName ?? '';
    return {
      line: indentLine(line),
      mark: {key: `${key}/reader:${name}`, target: {kind: 'step', name}, copyTexts: [{what: 'step name', text: name}]},
    };
  });
  const hiddenCount = readers.length - shownReaders.length;
  const more = renderField('', [[renderDim(`and ${pluralize(hiddenCount, 'more', 'more')}`)]]);
  return hiddenCount === 0
    ? lines
    : [...lines, ...more.map(line => ({line: indentLine(line), mark: {key: section, section}}))];
};

const renderReader = ({stepName, status, isCertain}: Reader): Line => [
  renderLink(sanitizeToWidth(stepName, 60)),
  {text: `  ${status}`, tone: getStatusTone(status)},
  ...(isCertain ? [] : [renderDim(', waiting for this step')]),
];
