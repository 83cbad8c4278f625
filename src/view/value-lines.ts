import {createSegment, type Line} from '../format/line.js';
import {sanitizeLines} from '../format/safe-text.js';
import {wrapText} from '../format/wrap.js';

/** All lines of a value, wrapped but not cut. */
export const renderWholeValue = (text: string, width: number): readonly Line[] =>
  sanitizeLines(text)
    .flatMap(line => wrapText(line, width))
    .map(line => [createSegment(line)]);
