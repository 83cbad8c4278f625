import type {Instant} from '../../domain/instant.js';
import type {Question} from '../../domain/intervention/question.js';
import {formatWholeSeconds} from '../../format/duration.js';
import {sanitizeToWidth} from '../../format/sanitize-to-width.js';
import type {Theme} from '../../theme/theme.js';
import {maxRowNameCells, type RowFacts} from './row-text.js';

/** The row of a question, and how long the run has been waiting, or waited, for the answer. `now` is by the server's clock. */
export const buildQuestionFacts = (question: Question, now: Instant, theme: Theme): RowFacts => {
  const {name, isPending, resolution, createdAt, resolvedAt} = question;
  const endedAt = isPending ? now : resolvedAt;
  return {
    glyph: theme.pickStatusGlyph('paused'),
    tone: isPending ? 'warning' : 'ended',
    name: sanitizeToWidth(name, maxRowNameCells),
    lead: '',
    remarks: [],
    renderBar: undefined,
    status: isPending ? 'question' : resolution === 'abort' ? 'aborted' : 'answered',
    time: createdAt === undefined || endedAt === undefined ? '' : formatWholeSeconds(endedAt - createdAt),
    attempt: '',
  };
};
