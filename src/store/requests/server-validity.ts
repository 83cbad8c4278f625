import {isAmbiguous} from '../../domain/failure.js';
import type {Instant} from '../../domain/instant.js';
import type {Action} from '../action.js';
import type {State} from '../state.js';
import {findRecovery} from './reduce-requests.js';

/**
 * From when on what the server is must be asked anew, because of this action: it answers after it did not, and what came
 * back may be another version; or it said no in a way that may be meant for one thing or for all, and `/info`, which it
 * lets everybody see, tells which. `undefined` where the action raises no doubt.
 */
export const findServerInvalidatedAt = (
  state: Pick<State, 'requests' | 'outage'>,
  action: Action,
): Instant | undefined => {
  switch (action.type) {
    case 'news/arrived':
      return findRecovery(state, action.key) === undefined ? undefined : action.requestedAt;

    case 'news/failed':
      return isAmbiguous(action.failure) ? action.at : undefined;

    default:
      return undefined;
  }
};
