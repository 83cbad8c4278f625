import type {LogEntry} from '../domain/log/entry.js';
import type {LogQuery} from './client.js';
import {decodeLogEntries} from './decode/logs.js';
import type {ApiResponse} from './response.js';
import {getErrorBody} from './response-failure.js';
import {decodeResponse, type SendRequest} from './send-request.js';
import type {TransportResponse} from './transport.js';

export type FetchLogs = (
  path: string,
  query: LogQuery,
  signal: AbortSignal,
) => Promise<ApiResponse<readonly LogEntry[]>>;

/**
 * A log that does not exist (yet) is a 404 in some versions and an empty list in others. The 404 says `No logs …` or,
 * before 0.84, names the missing file; a 404 about the step itself remains a failure.
 */
const isMissingLog = (response: TransportResponse): boolean => {
  if (response.status !== 404) {
    return false;
  }

  const {className, detail} = getErrorBody(response);
  return /^no logs\b/i.test(detail) || (className === 'DoesNotExistException' && /\bFile\b/.test(detail));
};

/**
 * Never sends both `source` and `logs_id`, which the server rejects with 400. Falls back to the source if the server does not know
 * the parameter `logs_id` (422, before 0.94.3).
 */
export const createFetchLogs =
  (send: SendRequest): FetchLogs =>
  async (path, {source, logsId}, signal) => {
    const bySource = {path, query: [['source', source]]} as const;
    const byId = logsId === undefined ? bySource : ({path, query: [['logs_id', logsId]]} as const);
    const first = await send(byId, signal);
    const isLogsIdUnsupported = first.ok && first.value.status === 422 && logsId !== undefined;
    const result = isLogsIdUnsupported ? await send(bySource, signal) : first;
    return result.ok && isMissingLog(result.value)
      ? {ok: true, value: [], timing: result.value.timing}
      : decodeResponse(path, result, decodeLogEntries);
  };
