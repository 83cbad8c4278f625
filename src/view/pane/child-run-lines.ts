import type {DagChildRun} from '../../domain/dag.js';
import type {Instant} from '../../domain/instant.js';
import {field} from '../../format/detail/field.js';
import {dim, type Line, plain, strong} from '../../format/line.js';
import {statusWord, toneOfStatus} from '../../format/status-words.js';
import {ago, localTime, type UtcOffset} from '../../format/time.js';

/** What is known here of a run that the open one has started; `now` is by the server's clock. */
export const childRunLines = (child: DagChildRun, now: Instant, utcOffset: UtcOffset): readonly Line[] => {
  const {status, startedAt} = child;
  const statusLine: readonly Line[] =
    status === undefined ? [] : [[{text: statusWord(status), tone: toneOfStatus(status.status)}]];
  const startLine: readonly Line[] =
    startedAt === undefined ? [] : [[plain(localTime(startedAt, now, utcOffset)), dim(` · ${ago(startedAt, now)}`)]];
  return [
    ...field('status', statusLine),
    ...field('started', startLine),
    ...field('run', [
      [plain('started by this run · '), strong('enter'), plain(' opens it, '), strong('esc'), plain(' comes back')],
    ]),
  ];
};
