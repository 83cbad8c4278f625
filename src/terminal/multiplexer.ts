import {type Environment, isSet} from './environment.js';

/** The program between zentop and the terminal. */
export type Multiplexer = {readonly kind: 'tmux' | 'screen'};

/** Detects tmux and GNU screen by their own variables; `TERM` would also match at the other end of an SSH connection. */
export const detectMultiplexer = (env: Environment): Multiplexer | undefined => {
  if (isSet(env['TMUX'])) {
    return {kind: 'tmux'};
  }

  return isSet(env['STY']) ? {kind: 'screen'} : undefined;
};
