import type {Capabilities} from './capabilities.js';
import {type Environment, isSet} from './environment.js';
import type {ProcessCommand} from './run-command.js';

/** Whether a browser was started, or why not; in that case the URL must be shown. */
export type OpenOutcome =
  | {readonly kind: 'opened'}
  | {readonly kind: 'refused'; readonly reason: 'noDisplay' | 'noBrowser' | 'notWeb'};

type BrowserSetting = {
  readonly env: Environment;
  readonly platform: NodeJS.Platform;
  readonly capabilities: Capabilities;
  readonly start: (command: ProcessCommand) => Promise<boolean>;
};

/**
 * The commands that open a URL when it is appended to them, the best one first; none if the page would not be visible. `BROWSER`
 * takes precedence: editors with SSH support set it to a program that opens the page on the user's machine. A list, or a program
 * with arguments, is ignored.
 */
const listBrowsers = ({env, platform, capabilities}: BrowserSetting): readonly ProcessCommand[] => {
  const own = env['BROWSER'];
  if (isSet(own) && (platform === 'win32' ? /^[^\s;%]+$/ : /^[^\s:%]+$/).test(own)) {
    return [[own]];
  }

  if (!capabilities.hasDisplay) {
    return [];
  }

  if (platform === 'darwin') {
    return [['open']];
  }

  if (platform === 'win32') {
    // With its whole path: without one, Windows searches the current directory first.
    return [[`${env['SystemRoot'] ?? 'C:\\Windows'}\\System32\\rundll32.exe`, fileProtocolHandler]];
  }

  return isSet(env['WSL_DISTRO_NAME']) ? [['wslview'], ['rundll32.exe', fileProtocolHandler]] : [['xdg-open']];
};

/** The function of Windows that opens the default browser. Unlike `start`, it needs no shell, in which `&` would end the URL. */
const fileProtocolHandler = 'url.dll,FileProtocolHandler';

/** Opens a page (http or https only) in the user's browser, if its window would be visible. */
export const openUrl = async (url: string, setting: BrowserSetting): Promise<OpenOutcome> => {
  const target = parseWebUrl(url);
  if (target === undefined) {
    return {kind: 'refused', reason: 'notWeb'};
  }

  const browsers = listBrowsers(setting);
  for (const browser of browsers) {
    if (await setting.start([...browser, target])) {
      return {kind: 'opened'};
    }
  }

  return {kind: 'refused', reason: browsers.length === 0 ? 'noDisplay' : 'noBrowser'};
};

/**
 * A URL that is safe to pass to a terminal or a browser: only http or https, with control characters and spaces
 * percent-encoded by the parser. `undefined` for anything else.
 */
export const parseWebUrl = (text: string): string | undefined => {
  if (!URL.canParse(text)) {
    return undefined;
  }

  const {protocol, href} = new URL(text);
  return protocol === 'http:' || protocol === 'https:' ? href : undefined;
};
