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
 * The program that opens a URL. `BROWSER` takes precedence: editors with SSH support set it to a program that opens the page
 * on the user's machine. A list, or a program with arguments, is ignored.
 */
const findBrowser = ({env, platform, capabilities}: BrowserSetting): string | undefined => {
  const own = env['BROWSER'];
  if (isSet(own) && /^[^\s:%]+$/.test(own)) {
    return own;
  }

  if (!capabilities.hasDisplay) {
    return undefined;
  }

  if (platform === 'darwin') {
    return 'open';
  }

  return isSet(env['WSL_DISTRO_NAME']) ? 'wslview' : 'xdg-open';
};

/** Opens a page (http or https only) in the user's browser, if its window would be visible. */
export const openUrl = async (url: string, setting: BrowserSetting): Promise<OpenOutcome> => {
  const target = parseWebUrl(url);
  if (target === undefined) {
    return {kind: 'refused', reason: 'notWeb'};
  }

  const browser = findBrowser(setting);
  if (browser === undefined) {
    return {kind: 'refused', reason: 'noDisplay'};
  }

  return (await setting.start([browser, target])) ? {kind: 'opened'} : {kind: 'refused', reason: 'noBrowser'};
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
