import type {Failure} from '../domain/failure.js';
import {formatDuration} from '../format/duration.js';
import {formatFailure} from '../format/failure-words.js';
import {createSegment, type Line, spreadLine} from '../format/line.js';
import {sanitizeToWidth} from '../format/sanitize-to-width.js';
import type {UtcOffset} from '../format/time.js';
import {wrapText} from '../format/wrap.js';
import {selectFreshness} from '../store/requests/freshness.js';
import type {State} from '../store/state.js';
import type {Theme} from '../theme/theme.js';
import {renderFooter} from './footer-line.js';
import {createFrame, getInnerWidth, getLineWidth} from './frame.js';
import {formatRetryWait} from './header/freshness.js';
import {Lines} from './lines.js';

/*
 * zentop                                                        ◌ connecting
 *
 * ◌ connecting to http://localhost:8237 for run 1f2c… · 3s
 *   timed out after 10s · retrying in 4s
 *   Check that the server is running and reachable from this machine.
 *
 * r refresh  ? help  q quit
 */

type Props = {readonly state: State; readonly theme: Theme; readonly utcOffset: UtcOffset};

/** Shown until the first response: which server, for how long, and what is wrong. */
export const ConnectingScreen = ({state, theme, utcOffset}: Props) => {
  const {columns, rows} = state.size;
  const width = getInnerWidth(columns);
  const body = renderBody(state, theme, width);
  const lines = [...(rows >= 4 ? [[createSegment('zentop', 'brand')] as Line, []] : []), ...body].slice(
    0,
    rows >= 3 ? rows - 1 : rows,
  );
  const padding: readonly Line[] = Array.from({length: Math.max(0, rows - 1 - lines.length)}, () => []);
  const footer = rows >= 3 ? [...padding, renderFooter(state, createFrame(state, utcOffset), width)] : [];
  return (
    <Lines
      lines={[...lines, ...footer].map(line => [createSegment(' '), ...line])}
      theme={theme}
      width={getLineWidth(columns)}
      height={rows}
    />
  );
};

const renderBody = (state: State, theme: Theme, width: number): readonly Line[] => {
  const {openRun, session} = state;
  const freshness = selectFreshness(state);
  const url = sanitizeToWidth(session.serverUrl, 120);
  const what = openRun === undefined ? url : `${url} for run ${openRun.runId.slice(0, 8)}`;
  const ms = openRun === undefined ? 0 : Math.floor(Math.max(0, state.now - openRun.changedAt) / 1000) * 1000;
  const first = spreadLine(
    [createSegment(`${theme.glyph.stale} `, 'warning'), createSegment('connecting to '), createSegment(what, 'strong')],
    ms === 0 ? [] : [createSegment(formatDuration(ms), 'dim')],
    width,
  );
  if (freshness.kind !== 'connecting' || freshness.failure === undefined) {
    return [first];
  }

  return [
    first,
    [
      createSegment('  '),
      createSegment(formatFailure(freshness.failure), 'bad'),
      createSegment(` · ${formatRetryWait(freshness.retryInMs)}`, 'dim'),
    ],
    ...wrapText(formatAdvice(freshness.failure, url), Math.max(1, width - 2)).map(text => [createSegment(`  ${text}`)]),
  ];
};

/** What the user can do about it. */
const formatAdvice = (failure: Failure, url: string): string => {
  switch (failure.kind) {
    case 'unreachable':
    case 'timed-out':
      return 'Check that the server is running and reachable from this machine.';

    case 'untrusted':
      return 'Set verify_ssl in the ZenML configuration to the CA certificate file.';

    case 'not-signed-in':
      return `Sign in in another window: zenml login ${url}. It is taken up here without a restart.`;

    case 'forbidden':
      return 'This account cannot access the run. Ask for access or sign in with another account.';

    case 'not-found':
      return 'No such run in this project. Was it deleted?';

    case 'not-zenml':
      return 'Check the server URL, and that no login page or proxy is in between.';

    case 'no-route':
    case 'malformed':
    case 'too-large':
      return 'This server version may not be supported: see `zentop doctor`.';

    case 'refused':
      return failure.status >= 500
        ? 'The server reported an internal error; zentop keeps retrying.'
        : 'See `zentop doctor`.';
  }
};
