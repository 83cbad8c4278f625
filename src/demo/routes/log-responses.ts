import {buildJsonTextResponse, buildKeyError, buildZenmlError, type DemoResponse} from '../responses.js';
import {encodeLogEntries, type LogFile} from '../world/logs.js';

type LogOwner = {readonly kind: 'run' | 'step'; readonly id: string; readonly now: number};

/** The response to `GET …/logs`, which takes either `source` or `logs_id`. */
export const buildLogsResponse = (
  files: readonly LogFile[],
  query: URLSearchParams,
  {kind, id, now}: LogOwner,
): DemoResponse => {
  const source = query.get('source');
  const logsId = query.get('logs_id');
  if (source === null && logsId === null) {
    return buildZenmlError(400, 'ValueError', 'Either source or logs_id must be provided.');
  }

  if (source !== null && logsId !== null) {
    return buildZenmlError(400, 'ValueError', 'Only one of source or logs_id must be provided.');
  }

  const attachedFiles = files.filter(file => file.createdAt <= now);
  if (attachedFiles.length === 0 && kind === 'step') {
    return buildKeyError(`No logs found for step ${id}.`);
  }

  const file = attachedFiles.find(each => (source === null ? each.id === logsId : each.source === source));
  const description = source === null ? `ID '${logsId}'` : `source '${source}'`;
  return file
    ? buildJsonTextResponse(encodeLogEntries(file, now))
    : buildKeyError(`No logs found for ${description} in ${kind} ${id}`);
};
