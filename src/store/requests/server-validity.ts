import {isAmbiguous} from '../../domain/failure.js';
import type {Instant} from '../../domain/instant.js';
import type {Action} from '../action.js';
import type {State} from '../state.js';
import {findRecovery} from './reduce-requests.js';

/**
 * When this action made the known `/info` outdated: the server responds again and may have another version, or it has refused
 * one request, and fetching `/info`, which anyone may read, shows whether it refuses all of them. `undefined` if the action
 * gives no reason to fetch it again.
 */
export const findServerInvalidatedAt = (
  state: Pick<State, 'requestsByKey' | 'outage'>,
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
