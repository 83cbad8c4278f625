import type {Environment} from './environment.js';
import type {TerminalReport} from './split-input.js';

export type TerminalBackground = 'dark' | 'light';

/**
 * OSC 11 requests the background color. Device attributes (DA1) are requested after it: nearly every terminal replies to that, so
 * this reply without a preceding color means that there will be none. Terminals that know neither ignore both.
 */
const backgroundQuery = '\x1b]11;?\x07\x1b[c';

/** How long the first frame waits for replies, in milliseconds; a later reply still changes the colors. */
const backgroundTimeoutMs = 150;

/**
 * The background according to `COLORFGBG` (`15;0`, `0;default;15`): some terminals set it to the indexes of their colors among the
 * sixteen, that of the background last. The Linux console is dark.
 */
export const guessBackground = (env: Environment): TerminalBackground | undefined => {
  if (env['TERM'] === 'linux') {
    return 'dark';
  }

  const index = /;(\d{1,2})$/.exec(env['COLORFGBG'] ?? '')?.[1];
  if (index === undefined || Number(index) > 15) {
    return undefined;
  }

  return Number(index) < 7 || index === '8' ? 'dark' : 'light';
};

/**
 * Parses the reply to OSC 11: `rgb:RRRR/GGGG/BBBB` with one to four hexadecimal digits per channel, `rgba:…` or `#RRGGBB`.
 * `undefined` for any other sequence.
 */
export const parseBackgroundReply = (sequence: string): TerminalBackground | undefined => {
  const [, slashed, hashed] =
    /^\x1b\]11;(?:rgba?:([\da-f]{1,4}(?:\/[\da-f]{1,4}){2,3})|#((?:[\da-f]{3}){1,4}))(?:\x07|\x1b\\)$/i.exec(
      sequence,
    ) ?? [];
  const channels = slashed?.split('/') ?? hashed?.match(new RegExp(`.{${hashed.length / 3}}`, 'g'));
  if (channels === undefined || channels === null) {
    return undefined;
  }

  const [red = 0, green = 0, blue = 0] = channels.map(hex => Number.parseInt(hex, 16) / (16 ** hex.length - 1));
  // The gamma of sRGB is about 2.2; black and white text have the same contrast at a luminance of about 0.18.
  return 0.2126 * red ** 2.2 + 0.7152 * green ** 2.2 + 0.0722 * blue ** 2.2 < 0.18 ? 'dark' : 'light';
};

type BackgroundRequest = {
  readonly send: (sequence: string) => void;
  readonly onReport: (listener: (report: TerminalReport) => void) => () => void;
  /** Called with every background that the terminal reports, even after the promise has resolved. */
  readonly onBackground: (background: TerminalBackground) => void;
};

/** Requests the background. Resolves when the terminal has replied, or when the time is up. */
export const requestBackground = (request: BackgroundRequest): Promise<void> =>
  new Promise(resolve => {
    const timer = setTimeout(resolve, backgroundTimeoutMs);
    request.onReport(report => {
      if (report.kind !== 'reply') {
        return;
      }

      const background = parseBackgroundReply(report.sequence);
      if (background !== undefined) {
        request.onBackground(background);
      }

      if (background !== undefined || /^\x1b\[\?[\d;]*c$/.test(report.sequence)) {
        clearTimeout(timer);
        resolve();
      }
    });
    request.send(backgroundQuery);
  });
