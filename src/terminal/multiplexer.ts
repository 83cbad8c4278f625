import {type Environment, isSet} from './environment.js';

/** The program between zentop and the terminal; a tmux that does not report its version is older than 3.2. */
export type Multiplexer =
  | {readonly kind: 'tmux'; readonly version: readonly [major: number, minor: number] | undefined}
  | {readonly kind: 'screen'};

const parseTmuxVersion = (env: Environment): readonly [number, number] | undefined => {
  if (env['TERM_PROGRAM'] !== 'tmux') {
    return undefined;
  }
  const match = /(\d+)\.(\d+)/.exec(env['TERM_PROGRAM_VERSION'] ?? '');
  return match ? [Number(match[1]), Number(match[2])] : undefined;
};

/** Detects tmux and GNU screen by their own variables; `TERM` would also match at the other end of an SSH connection. */
export const detectMultiplexer = (env: Environment): Multiplexer | undefined => {
  if (isSet(env['TMUX'])) {
    return {kind: 'tmux', version: parseTmuxVersion(env)};
  }
  return isSet(env['STY']) ? {kind: 'screen'} : undefined;
};

/** Whether tmux has at least this version; an unknown version counts as older. */
export const isTmuxAtLeast = (multiplexer: Multiplexer | undefined, major: number, minor: number): boolean => {
  if (multiplexer?.kind !== 'tmux' || !multiplexer.version) {
    return false;
  }
  const [ownMajor, ownMinor] = multiplexer.version;
  return ownMajor > major || (ownMajor === major && ownMinor >= minor);
};
