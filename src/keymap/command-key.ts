import type {Session} from '../store/session.js';
import {formatKey} from './key-label.js';

/**
 * The first default key of each command that texts refer to. They are repeated here because the tables of commands contain such
 * texts themselves.
 */
export const keyByNamedCommand = {
  'confirming.close': 'escape',
  'confirming.confirm': 'y',
  'failure.next': 'e',
  'graph.close': 'D',
  'group.toggle': 'space',
  'help.open': '?',
  'list.back': 'escape',
  'log.search': '/',
  'log.wrap': 'w',
  'pane.open': 'return',
  'polling.toggle': 'p',
  'program.quit': 'q',
  'question.answer': 'a',
  'run.actions': 'A',
  'run.mark': 'space',
  'run.stop': 'x',
  'runs.unfilter': 'escape',
  'steps.filter': '/',
  'steps.hideSuccessful': 'H',
} as const;

/**
 * The key of a command for a sentence on the screen, as users know it: the one they chose, or else the default one. If they gave
 * the default key to another command, the ID of the command, by which the settings call it.
 */
export const formatCommandKey = (id: keyof typeof keyByNamedCommand, {keys = {}}: Pick<Session, 'keys'>): string => {
  const key = keys[id]?.[0];
  if (key !== undefined) {
    return formatKey(key);
  }

  const defaultKey = keyByNamedCommand[id];
  return Object.values(keys).some(chosen => chosen.includes(defaultKey)) ? id : formatKey(defaultKey);
};
