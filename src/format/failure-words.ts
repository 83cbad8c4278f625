import type {Failure} from '../domain/failure.js';
import {formatBytes} from './bytes.js';
import {formatTrimmedDuration} from './duration.js';
import {sanitizeToWidth} from './sanitize-to-width.js';

/** Why a request failed, in a few words for the header: one line of about 30 cells at most. */
export const formatFailure = (failure: Failure): string => {
  switch (failure.kind) {
    case 'unreachable':
      return sanitizeToWidth(failure.reason, 32) || 'not reachable';
    case 'proxy-refused':
      return `refused by a proxy (${failure.status})`;
    case 'timed-out':
      return `timed out after ${formatTrimmedDuration(failure.afterMs)}`;
    case 'untrusted':
      return 'certificate not trusted';
    case 'not-signed-in':
      return 'signed out';
    case 'forbidden':
      return 'not allowed';
    case 'not-found':
      return 'not found';
    case 'no-route':
      return 'unknown to this server';
    case 'refused':
      // A replay says so where its recording ends.
      return failure.status === 410 && failure.detail !== ''
        ? sanitizeToWidth(failure.detail, 32)
        : formatRefusal(failure.status);
    case 'not-zenml':
      if (failure.isSignInPage === true) {
        return 'got a sign-in page';
      }

      return /html/i.test(failure.contentType) ? 'got a web page' : 'not a ZenML server';
    case 'malformed':
      return 'unexpected response';
    case 'too-large':
      return `response too large (${formatBytes(failure.limitBytes)})`;
  }
};

const formatRefusal = (status: number): string => {
  if (status === 429) {
    return 'too many requests';
  }

  return status === 503 ? 'server busy (503)' : `${status} from the server`;
};
