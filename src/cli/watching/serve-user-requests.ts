import {blankLine, type Line, renderPlain} from '../../format/line.js';
import {renderGraphSentences} from '../../report/graph-sentences.js';
import {selectKnownRun} from '../../report/known-run.js';
import {renderRunState} from '../../report/render-change.js';
import {renderTimelineSentences} from '../../report/timeline-sentences.js';
import type {State} from '../../store/state.js';
import type {OpenedRun} from '../opening/open-run.js';
import {getLocalOffsetMs} from '../printing/local-offset.js';
import {renderStepDetails} from './step-details.js';
import {startUserRequests, type UserRequest, userRequestHelp} from './user-requests.js';

type UserRequestOptions = {
  readonly opened: OpenedRun;
  readonly getState: () => State;
  readonly print: (lines: readonly Line[]) => void;
  readonly onQuit: () => void;
};

/**
 * Responds to requests that the user types as lines of text while changes are printed, for screen readers. Returns a function
 * that stops it.
 */
export const serveUserRequests = ({opened, getState, print, onQuit}: UserRequestOptions): (() => void) => {
  const renderResponse = async (request: UserRequest): Promise<readonly Line[]> => {
    const known = selectKnownRun(getState());
    switch (request.kind) {
      case 'state':
        return known === undefined ? [] : renderRunState(known, undefined, {isNumbered: true});

      case 'graph':
        return known === undefined ? [] : renderGraphSentences(known);

      case 'timeline':
        return known === undefined ? [] : renderTimelineSentences(known);

      case 'help':
        return userRequestHelp.map(line => [renderPlain(line)]);

      case 'step':
        return known === undefined ? [] : renderStepDetails(opened, known, request.wanted, getLocalOffsetMs);

      case 'quit':
        onQuit();
        return [];
    }
  };
  return startUserRequests(request => {
    void renderResponse(request).then(lines => {
      if (lines.length > 0) {
        print([blankLine, ...lines, blankLine]);
      }
    });
  });
};
