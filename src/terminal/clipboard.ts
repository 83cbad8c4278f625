import type {Capabilities} from './capabilities.js';
import {type Environment, isSet} from './environment.js';
import type {ProcessCommand, RunCommand} from './run-command.js';

/**
 * How a text was copied: `copied` for certain, by a program; `sent` to the terminal, which does not say whether it took
 * it; `refused` when there is no way, so that the text must be shown.
 */
export type CopyOutcome =
  | {readonly kind: 'copied'; readonly by: string}
  | {readonly kind: 'sent'}
  | {readonly kind: 'refused'; readonly reason: 'tooLong' | 'noClipboard'};

export type ClipboardSetting = {
  readonly env: Environment;
  readonly platform: NodeJS.Platform;
  readonly capabilities: Capabilities;
  readonly run: RunCommand;
  readonly send: (sequence: string) => void;
};

/** xterm takes no longer sequence; others take more. Counted after base64, in bytes. */
const maxSequenceBytes = 74_994;
/** GNU screen passes a string on if it is short. */
const maxScreenStringLength = 240;

/**
 * Programs that copy, the surest first. `tmux load-buffer -w` (3.2) tells the outer terminal too, which raw OSC 52 from
 * inside tmux does not; the other programs only make sense where the reader sits at this machine.
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

/** OSC 52; in GNU screen in strings that it passes on to the terminal outside. */
export const encodeClipboardText = (text: string, {multiplexer}: Pick<Capabilities, 'multiplexer'>): string => {
  const sequence = `\x1b]52;c;${Buffer.from(text).toString('base64')}\x07`;
  if (multiplexer?.kind !== 'screen') {
    return sequence;
  }
  const pieces = sequence.match(new RegExp(`[^]{1,${maxScreenStringLength}}`, 'g')) ?? [];
  return pieces.map(piece => `\x1bP${piece}\x1b\\`).join('');
};

const hasClipboard = ({isInteractive, hasTitle, multiplexer}: Capabilities): boolean =>
  isInteractive && (hasTitle || multiplexer !== undefined);

/** Copies a text to the reader's clipboard, also when the reader sits behind tmux or SSH. */
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
  const sequence = encodeClipboardText(text, capabilities);
  if (sequence.length > maxSequenceBytes) {
    return {kind: 'refused', reason: 'tooLong'};
  }
  send(sequence);
  return {kind: 'sent'};
};
