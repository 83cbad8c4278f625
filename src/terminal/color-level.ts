import {type Environment, isSet} from './environment.js';

/** 0: no colors, 1: 16 colors, 2: 256 colors, 3: true color. */
export type TerminalColorLevel = 0 | 1 | 2 | 3;

const levels: readonly TerminalColorLevel[] = [0, 1, 2, 3];
const trueColorTerminals = /^(?:xterm-kitty|xterm-ghostty|wezterm|alacritty|foot)/;

const parseForcedLevel = (value: string | undefined): TerminalColorLevel | 'some' | undefined => {
  if (value === undefined || value === '') {
    return undefined;
  }

  if (value === 'false') {
    return 0;
  }

  return levels[Number(value)] ?? 'some';
};

const detectColorLevel = (env: Environment): TerminalColorLevel => {
  const term = env['TERM'] ?? '';
  if (term === 'dumb') {
    return 0;
  }

  if (/^(?:truecolor|24bit)$/.test(env['COLORTERM'] ?? '') || trueColorTerminals.test(term)) {
    return 3;
  }

  if (/256color/.test(term)) {
    return 2;
  }

  return term === '' && !isSet(env['COLORTERM']) ? 0 : 1;
};

/**
 * How many colors to use. `FORCE_COLOR` takes precedence as in Node (`0` to `3`, `false` for none, anything else for at least
 * some), unless it is empty; then `NO_COLOR` as specified by no-color.org (set and not empty); then, in a terminal only, `TERM`
 * and `COLORTERM`.
 */
export const chooseColorLevel = (env: Environment, isTty: boolean): TerminalColorLevel => {
  const force = parseForcedLevel(env['FORCE_COLOR']);
  if (force !== undefined && force !== 'some') {
    return force;
  }

  if (force === 'some') {
    return levels[Math.max(1, detectColorLevel(env))] ?? 1;
  }

  if (isSet(env['NO_COLOR'])) {
    return 0;
  }

  return isTty ? detectColorLevel(env) : 0;
};
