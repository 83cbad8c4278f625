import type {Failure} from '../domain/failure.js';
import {type ConnectionArguments, formatZentopCommand} from '../domain/zentop-command.js';
import {formatDuration} from '../format/duration.js';
import {formatFailure} from '../format/failure-words.js';
import {createSegment, type Line, spreadLine} from '../format/line.js';
import {sanitizeText} from '../format/safe-text.js';
import {sanitizeToWidth} from '../format/sanitize-to-width.js';
import {wrapText} from '../format/wrap.js';
import type {Theme} from '../theme/theme.js';
import {formatRetryWait} from './header/freshness.js';

type ConnectingFacts = {
  /** What is being done, such as “connecting to ”, followed by the object in bold. */
  readonly action: string;
  readonly object: string;
  readonly elapsedMs: number;
  readonly failure: Failure | undefined;
  readonly retryInMs: number;
  /** Sanitized; the advice mentions it. */
  readonly serverUrl: string;
  readonly connectionArguments: ConnectionArguments;
};

/** What is being connected to, for how long, and, if that failed, why and what the user can do about it. */
export const renderConnecting = (facts: ConnectingFacts, {glyph}: Theme, width: number): readonly Line[] => {
  const {action, object, elapsedMs, failure, retryInMs} = facts;
  const first = spreadLine(
    [createSegment(`${glyph.stale} `, 'warning'), createSegment(action), createSegment(object, 'strong')],
    elapsedMs < 1000 ? [] : [createSegment(formatDuration(elapsedMs), 'dim')],
    width,
  );
  if (failure === undefined) {
    return [first];
  }

  const advice = wrapText(formatAdvice(failure, facts), Math.max(1, width - 2));
  return [
    first,
    [
      createSegment('  '),
      createSegment(formatFailure(failure), 'bad'),
      createSegment(` · ${formatRetryWait(retryInMs)}`, 'dim'),
    ],
    ...advice.map(text => [createSegment(`  ${text}`)]),
  ];
};

/** What the user can do about a failure. */
const formatAdvice = (
  failure: Failure,
  {serverUrl, connectionArguments}: Pick<ConnectingFacts, 'serverUrl' | 'connectionArguments'>,
): string => {
  const doctor = sanitizeText(formatZentopCommand(['doctor'], connectionArguments));
  const controlPlane =
    failure.controlPlaneUrl === undefined ? undefined : sanitizeToWidth(failure.controlPlaneUrl, maxUrlCells);
  switch (failure.kind) {
    case 'unreachable':
      if (failure.fault !== undefined) {
        return `\`${doctor}\` shows what is wrong with the connection, and what to do.`;
      }

      return failure.proxy === undefined
        ? formatReachAdvice(controlPlane)
        : `Check that the proxy ${sanitizeToWidth(failure.proxy, maxUrlCells)} is reachable from this machine, and the proxy variables (HTTPS_PROXY, NO_PROXY …).`;

    case 'timed-out':
      return formatReachAdvice(controlPlane);

    case 'proxy-refused':
      return failure.proxy === undefined
        ? 'zentop cannot sign in to that proxy. Use a URL or network (such as a VPN) that bypasses it.'
        : `Check the proxy variables (HTTPS_PROXY, NO_PROXY …): see \`${doctor}\`.`;

    case 'untrusted':
      return `\`${doctor}\` shows what is wrong with the certificate, and what to do.`;

    case 'not-signed-in':
      return `Run \`zenml login ${serverUrl}\` in another window. zentop picks up the new session.`;

    case 'forbidden':
      return 'This account has no access. Request access, or sign in with another account.';

    case 'not-found':
      return 'No such run in this project. Was it deleted?';

    case 'not-zenml':
      return controlPlane === undefined
        ? 'Check the server URL, and that no login page or proxy is in between.'
        : `Check the URL of the control plane (${controlPlane}), or sign in again: \`zenml login ${serverUrl}\`.`;

    case 'no-route':
    case 'malformed':
    case 'too-large':
      return `This server version may not be supported: see \`${doctor}\`.`;

    case 'refused':
      return failure.status >= 500
        ? `The ${controlPlane === undefined ? 'server' : `control plane ${controlPlane}`} reported an error; zentop keeps retrying.`
        : `See \`${doctor}\`.`;
  }
};

const maxUrlCells = 120;

const formatReachAdvice = (controlPlane: string | undefined): string =>
  controlPlane === undefined
    ? 'Check that the server is running and reachable from this machine.'
    : `Check that the control plane ${controlPlane} is reachable from this machine.`;
