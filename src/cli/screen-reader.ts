import {blankLine, type Line, plain} from '../format/line.js';
import {knownRunOf} from '../report/known-run.js';
import {stateLines} from '../report/plain.js';
import type {State} from '../store/state.js';
import {localOffset} from './local-offset.js';
import type {OpenedRun} from './open-run.js';
import {type ReaderRequest, readerHelp, startReaderRequests} from './reader-requests.js';
import {stepPage} from './step-page.js';

type Parts = {
  readonly opened: OpenedRun;
  readonly state: () => State;
  readonly tell: (lines: readonly Line[]) => void;
  readonly onQuit: () => void;
};

/**
 * Answers what a reader asks for by a line of text while changes are told: text only ever follows text, for those who have it
 * read aloud. Returns how to stop.
 */
export const startScreenReader = ({opened, state, tell, onQuit}: Parts): (() => void) => {
  const answerTo = async (request: ReaderRequest): Promise<readonly Line[]> => {
    const known = knownRunOf(state());
    switch (request.kind) {
      case 'state':
        return known === undefined ? [] : stateLines(known, undefined, {isNumbered: true});

      case 'help':
        return readerHelp.map(line => [plain(line)]);

      case 'step':
        return known === undefined ? [] : stepPage(opened, known, request.wanted, localOffset);

      case 'quit':
        onQuit();
        return [];
    }
  };
  return startReaderRequests(request => {
    void answerTo(request).then(lines => {
      if (lines.length > 0) {
        tell([blankLine, ...lines, blankLine]);
      }
    });
  });
};
