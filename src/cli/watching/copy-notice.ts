import {formatBytes} from '../../format/bytes.js';
import type {CopyOutcome} from '../../terminal/clipboard.js';

/** Shorter texts are copied without mentioning their size. */
const minMentionedBytes = 1000;

/**
 * The outcome of a copy as a notice or, if the text could not be copied, as the title of the screen that shows all of it, so
 * that it can be selected there. A terminal does not confirm that it has put a text into its clipboard.
 */
export const describeCopy = (
  outcome: CopyOutcome,
  {text, what}: {readonly text: string; readonly what: string},
): {readonly kind: 'notice' | 'title'; readonly words: string} => {
  const bytes = Buffer.byteLength(text);
  const size = bytes < minMentionedBytes ? '' : ` (${formatBytes(bytes)})`;
  switch (outcome.kind) {
    case 'copied':
      return {kind: 'notice', words: `copied ${what}${size}`};

    case 'sent':
      return {kind: 'notice', words: `copied ${what}${size} to the terminal's clipboard`};

    case 'refused': {
      const reason = outcome.reason === 'tooLong' ? `too long to copy${size}` : 'no clipboard available';
      return {kind: 'title', words: `${what}: ${reason}`};
    }
  }
};
