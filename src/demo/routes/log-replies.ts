import {buildJsonTextReply, buildKeyError, buildZenmlError, type DemoReply} from '../replies.js';
import {encodeLogEntries, type LogFile} from '../world/logs.js';

type LogOwner = {readonly kind: 'run' | 'step'; readonly id: string; readonly now: number};

/** The reply to `GET …/logs`, which takes either `source` or `logs_id`. */
export const buildLogsReply = (
  files: readonly LogFile[],
  query: URLSearchParams,
  {kind, id, now}: LogOwner,
): DemoReply => {
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
    ? buildJsonTextReply(encodeLogEntries(file, now))
    : buildKeyError(`No logs found for ${description} in ${kind} ${id}`);
};
