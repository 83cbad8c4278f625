import type {Capabilities} from './capabilities.js';
import {type Environment, isSet} from './environment.js';
import type {ProcessCommand, RunCommand} from './run-command.js';

/**
 * How text was copied: `copied` by a program that confirmed it; `sent` to the terminal, which does not confirm it;
 * `refused` if there is no way to copy it, so that it must be shown.
 */
export type CopyOutcome =
  | {readonly kind: 'copied'; readonly by: string}
  | {readonly kind: 'sent'}
  | {readonly kind: 'refused'; readonly reason: 'tooLong' | 'noClipboard'};

type ClipboardSetting = {
  readonly env: Environment;
  readonly platform: NodeJS.Platform;
  readonly capabilities: Capabilities;
  readonly run: RunCommand;
  readonly send: (sequence: string) => void;
};

/**
 * The longest text that fits, in base64 and with the 8 bytes around it, into a sequence of 100,000 bytes. That is what terminals
 * can be relied on to accept; many accept more.
 */
const maxTextBytes = 74_994;
/** GNU screen passes on only short strings. */
const maxScreenStringLength = 240;

/**
 * Programs that copy, the most reliable first. `tmux load-buffer -w` (since tmux 3.2) also reaches the outer terminal, which
 * OSC 52 sent from inside tmux does not; the other programs only make sense if the user sits at this machine.
 */
const getCopyCommands = (
  env: Environment,
  platform: NodeJS.Platform,
  capabilities: Capabilities,
): readonly ProcessCommand[] => {
  const commands: ProcessCommand[] = [];
  if (capabilities.multiplexer?.kind === 'tmux') {
    commands.push(['tmux', 'load-buffer', '-w', '-']);
  }

  if (!capabilities.isRemote) {
    if (platform === 'darwin') {
      commands.push(['pbcopy']);
    }

    if (isSet(env['WAYLAND_DISPLAY'])) {
      commands.push(['wl-copy']);
    }

    if (isSet(env['DISPLAY'])) {
      commands.push(['xclip', '-selection', 'clipboard'], ['xsel', '--clipboard', '--input']);
    }
  }

  return commands;
};

/** OSC 52; for GNU screen in strings that it passes on to the outer terminal. */
export const encodeClipboardText = (text: string, {multiplexer}: Pick<Capabilities, 'multiplexer'>): string => {
  const sequence = `\x1b]52;c;${Buffer.from(text).toString('base64')}\x07`;
  if (multiplexer?.kind !== 'screen') {
    return sequence;
  }

  const pieces = sequence.match(new RegExp(`[^]{1,${maxScreenStringLength}}`, 'g')) ?? [];
  return pieces.map(piece => `\x1bP${piece}\x1b\\`).join('');
};

/** Terminals without a title, such as the Linux console, have no clipboard either. A multiplexer passes the text on. */
const hasClipboard = ({isInteractive, hasTitle, multiplexer}: Capabilities): boolean =>
  isInteractive && (hasTitle || multiplexer !== undefined);

/** Copies text to the user's clipboard, even through tmux or SSH. */
export const copyText = async (text: string, setting: ClipboardSetting): Promise<CopyOutcome> => {
  const {env, platform, capabilities, run, send} = setting;
  for (const command of getCopyCommands(env, platform, capabilities)) {
    if (await run(command, text)) {
      return {kind: 'copied', by: command[0]};
    }
  }

  if (!hasClipboard(capabilities)) {
    return {kind: 'refused', reason: 'noClipboard'};
  }

  if (Buffer.byteLength(text) > maxTextBytes) {
    return {kind: 'refused', reason: 'tooLong'};
  }

  send(encodeClipboardText(text, capabilities));
  return {kind: 'sent'};
};
