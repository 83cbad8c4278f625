import {chooseColorLevel, type TerminalColorLevel} from './color-level.js';
import {type Environment, isSet} from './environment.js';

/** What is known about the environment without querying the terminal. */
export type CapabilityInputs = {
  readonly env: Environment;
  readonly platform: NodeJS.Platform;
  readonly isInputTty: boolean;
  readonly isOutputTty: boolean;
};

/** The program between zentop and the terminal. */
type Multiplexer = {readonly kind: 'tmux' | 'screen'};

export type NotificationStyle = 'osc9' | 'osc777' | 'bell';

export type Capabilities = {
  /** A full screen can be drawn and keys can be read. */
  readonly isInteractive: boolean;
  readonly colorLevel: TerminalColorLevel;
  /** Characters other than ASCII can be shown. */
  readonly hasUnicode: boolean;
  /** The title of the window can be set and restored. */
  readonly hasTitle: boolean;
  readonly isLinuxConsole: boolean;
  readonly notification: NotificationStyle;
  readonly multiplexer: Multiplexer | undefined;
  /** The user is at the other end of an SSH connection. */
  readonly isRemote: boolean;
  /** The user would see the window of a program such as a browser. */
  readonly hasDisplay: boolean;
};

const plainTerminals = /^(?:dumb|linux|vt\d.*|)$/;

/**
 * A locale that is set must be UTF-8. Without one (containers, `ssh host command`) UTF-8 is assumed, because terminals use it
 * today. The Linux console has too few glyphs.
 */
const hasUnicode = (env: Environment): boolean => {
  if (env['TERM'] === 'linux') {
    return false;
  }

  const locale = [env['LC_ALL'], env['LC_CTYPE'], env['LANG']].find(isSet);
  return locale === undefined || /utf-?8/i.test(locale);
};

/** Most terminals support OSC 9 or OSC 777, some both, so sending both might notify twice. Multiplexers pass on only the bell. */
const chooseNotificationStyle = (env: Environment, multiplexer: Multiplexer | undefined): NotificationStyle => {
  const term = env['TERM'] ?? '';
  if (multiplexer || plainTerminals.test(term) || /^(?:screen|tmux)/.test(term)) {
    return 'bell';
  }

  return isSet(env['VTE_VERSION']) || /^(?:foot|rxvt)/.test(term) ? 'osc777' : 'osc9';
};

/** What the terminal can do, judging by the environment. */
export const detectCapabilities = ({env, platform, isInputTty, isOutputTty}: CapabilityInputs): Capabilities => {
  const multiplexer = detectMultiplexer(env);
  const isRemote = isSet(env['SSH_CONNECTION']) || isSet(env['SSH_TTY']) || isSet(env['SSH_CLIENT']);
  const displayVariables = ['DISPLAY', 'WAYLAND_DISPLAY', 'WSL_DISTRO_NAME'];
  const hasWindows = platform !== 'linux' || displayVariables.some(name => isSet(env[name]));
  return {
    isInteractive: isInputTty && isOutputTty && env['TERM'] !== 'dumb',
    colorLevel: chooseColorLevel(env, isOutputTty),
    hasUnicode: hasUnicode(env),
    hasTitle: isOutputTty && !plainTerminals.test(env['TERM'] ?? '') && multiplexer?.kind !== 'screen',
    isLinuxConsole: env['TERM'] === 'linux',
    notification: chooseNotificationStyle(env, multiplexer),
    multiplexer,
    isRemote,
    hasDisplay: hasWindows && !isRemote,
  };
};

/** Detects tmux and GNU screen by their own variables; `TERM` would also match at the other end of an SSH connection. */
const detectMultiplexer = (env: Environment): Multiplexer | undefined => {
  if (isSet(env['TMUX'])) {
    return {kind: 'tmux'};
  }

  return isSet(env['STY']) ? {kind: 'screen'} : undefined;
};
