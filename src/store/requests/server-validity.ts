import {isAmbiguous} from '../../domain/failure.js';
import type {Instant} from '../../domain/instant.js';
import type {Action} from '../action.js';
import type {State} from '../state.js';
import {findRecovery} from './reduce-requests.js';

/**
 * When this action made the known `/info` outdated: the server answers again and may have another version, or it refused in a way that may concern one request or all of them, and `/info`, which everyone may read,
 * shows which. `undefined` if the action gives no reason.
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
