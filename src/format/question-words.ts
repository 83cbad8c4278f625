import type {Question} from '../domain/intervention/question.js';
import {formatJsonLine} from './json-text.js';
import {sanitizeToWidth} from './sanitize-to-width.js';

const maxValueCells = 80;

/** What a run asks; the name of the wait condition if it has no question. */
export const formatQuestionText = ({text, name}: Question): string => sanitizeToWidth(text ?? name, maxQuestionCells);

const maxQuestionCells = 120;

/** `answered true`, `continued` for a question that takes no value, `aborted`. */
export const formatResolution = ({resolution, result}: Question): string =>
  resolution === 'abort'
    ? 'aborted'
    : result === null
      ? 'continued'
      : sanitizeToWidth(`answered ${formatJsonLine(result, maxValueCells)}`, maxValueCells);
