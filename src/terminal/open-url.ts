import type {Capabilities} from './capabilities.js';
import {type Environment, isSet} from './environment.js';
import type {ProcessCommand} from './run-command.js';
import {parseWebUrl} from './web-url.js';

/** Whether a browser was started, or why not; then the address must be shown. */
export type OpenOutcome =
  | {readonly kind: 'opened'}
  | {readonly kind: 'refused'; readonly reason: 'noDisplay' | 'noBrowser' | 'notWeb'};

export type BrowserSetting = {
  readonly env: Environment;
  readonly platform: NodeJS.Platform;
  readonly capabilities: Capabilities;
  readonly start: (command: ProcessCommand) => Promise<boolean>;
};

/**
 * The program that opens an address. `BROWSER` first: editors that reach a machine over SSH set it to a program that opens
 * the page at the reader's side. It may hold a list, and arguments; only a single program is taken.
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

/** Opens a page (http or https, nothing else) in the reader's browser, if there is one to be seen. */
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
