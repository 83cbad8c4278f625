import type {DagChildRun} from '../../domain/dag.js';
import type {Instant} from '../../domain/instant.js';
import {renderField} from '../../format/detail/field.js';
import {type Line, renderDim, renderPlain, renderStrong} from '../../format/line.js';
import {formatStatus, getStatusTone} from '../../format/status-words.js';
import {formatAgo, formatLocalTime, type UtcOffset} from '../../format/time.js';

/** What is known of a child run; `now` is by the server's clock. */
export const renderChildRun = (child: DagChildRun, now: Instant, utcOffset: UtcOffset): readonly Line[] => {
  const {status, startedAt} = child;
  const statusLine: readonly Line[] =
    status === undefined ? [] : [[{text: formatStatus(status), tone: getStatusTone(status.status)}]];
  const startLine: readonly Line[] =
    startedAt === undefined
      ? []
      : [[renderPlain(formatLocalTime(startedAt, now, utcOffset)), renderDim(` · ${formatAgo(startedAt, now)}`)]];
  return [
    ...renderField('status', statusLine),
    ...renderField('started', startLine),
    ...renderField('run', [
      [
        renderPlain('started by this run · '),
        renderStrong('enter'),
        renderPlain(' opens it, '),
        renderStrong('esc'),
        renderPlain(' comes back'),
      ],
    ]),
  ];
};
