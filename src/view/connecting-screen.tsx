import {createSegment, type Line} from '../format/line.js';
import {sanitizeToWidth} from '../format/sanitize-to-width.js';
import type {UtcOffset} from '../format/time.js';
import {selectFreshness} from '../store/requests/freshness.js';
import type {State} from '../store/state.js';
import type {Theme} from '../theme/theme.js';
import {renderConnecting} from './connecting-lines.js';
import {renderFooter} from './footer-line.js';
import {createFrame, getInnerWidth, getLineWidth, withMargin} from './frame.js';
import {Lines} from './lines.js';

/*
 * zentop
 *
 * ◌ connecting to http://localhost:8237 for run 1f2c3d4e                   3s
 *   timed out after 10s · retrying in 4s
 *   Check that the server is running and reachable from this machine.
 *
 * r refresh  ? help  q quit
 */

type Props = {readonly state: State; readonly theme: Theme; readonly getUtcOffset: UtcOffset};

/** Shown until the first response: which server, for how long, and what is wrong. */
export const ConnectingScreen = ({state, theme, getUtcOffset}: Props) => {
  const {columns, rows} = state.size;
  const width = getInnerWidth(columns);
  const body = renderBody(state, theme, width);
  const lines = [...(rows >= 4 ? [[createSegment('zentop', 'brand')] as Line, []] : []), ...body].slice(
    0,
    rows >= 3 ? rows - 1 : rows,
  );
  const padding: readonly Line[] = Array.from({length: Math.max(0, rows - 1 - lines.length)}, () => []);
  const footer = rows >= 3 ? [...padding, renderFooter(state, createFrame(state, getUtcOffset), width)] : [];
  return (
    <Lines lines={[...lines, ...footer].map(withMargin)} theme={theme} width={getLineWidth(columns)} height={rows} />
  );
};

const renderBody = (state: State, theme: Theme, width: number): readonly Line[] => {
  const {openRun, session} = state;
  const freshness = selectFreshness(state);
  const failure = freshness.kind === 'connecting' ? freshness.failure : undefined;
  const serverUrl = sanitizeToWidth(session.serverUrl, 120);
  return renderConnecting(
    {
      action: 'connecting to ',
      object: openRun === undefined ? serverUrl : `${serverUrl} for run ${openRun.runId.slice(0, 8)}`,
      elapsedMs: openRun === undefined ? 0 : state.now - openRun.changedAt,
      failure,
      retryInMs: freshness.kind === 'connecting' ? freshness.retryInMs : 0,
      serverUrl,
      connectionArguments: session.connectionArguments,
    },
    theme,
    width,
  );
};
