import type {RequestState} from '../requests/request.js';
import type {OpenRun} from './open-run.js';

/** Whether the current response was requested before something happened that may have made it wrong. */
export const isInvalidated = (openRun: OpenRun | undefined, request: RequestState | undefined): boolean =>
  request?.asOf !== undefined && openRun?.sync.invalidatedAt !== undefined && request.asOf < openRun.sync.invalidatedAt;
