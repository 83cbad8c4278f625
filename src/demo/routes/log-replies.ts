import {buildKeyError, buildZenmlError, type DemoReply} from '../replies.js';
import type {LogFile} from '../world/logs.js';

type LogOwner = {readonly kind: 'run' | 'step'; readonly id: string; readonly now: number};

/** `GET …/logs`: exactly one of `source` and `logs_id` chooses the log. */
export const buildLogsReply = (
  files: readonly LogFile[],
  query: URLSearchParams,
  {kind, id, now}: LogOwner,
  write: (file: LogFile) => DemoReply,
): DemoReply => {
  const source = query.get('source');
  const logsId = query.get('logs_id');
  if (source === null && logsId === null) {
    return buildZenmlError(400, 'ValueError', 'Either source or logs_id must be provided.');
  }
  if (source !== null && logsId !== null) {
    return buildZenmlError(400, 'ValueError', 'Only one of source or logs_id must be provided.');
  }
  const attached = files.filter(file => file.createdAt <= now);
  if (attached.length === 0 && kind === 'step') {
    return buildKeyError(`No logs found for step ${id}.`);
  }
  const file = attached.find(each => (source === null ? each.id === logsId : each.source === source));
  const sought = source === null ? `ID '${logsId}'` : `source '${source}'`;
  return file ? write(file) : buildKeyError(`No logs found for ${sought} in ${kind} ${id}`);
};
