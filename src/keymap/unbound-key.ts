import type {State} from '../store/state.js';
import {dialogContexts, type KeyContext, selectKeyContext} from './command.js';
import {formatCommandKey} from './command-key.js';
import {getCommands} from './commands.js';
import {formatKey} from './key-label.js';

/** The screens on which a key is looked up when it has no command on the current one. */
const nameByContext: Readonly<Partial<Record<KeyContext, string>>> = {
  list: 'the step list',
  pane: 'full-screen details',
  log: 'a log',
  timeline: 'the timeline',
  graph: 'the graph',
  runs: 'the run list',
  comparing: 'run comparisons',
};

/** In these, the keys of other screens would only confuse. */
const dialogs: ReadonlySet<KeyContext> = new Set(dialogContexts);

const findOtherScreenName = (key: string, state: State): string | undefined =>
  Object.entries(nameByContext).find(([context]) =>
    getCommands(context as KeyContext, state.session.keys).some(({keys}) => keys.includes(key)),
  )?.[1];

/** A letter outside ASCII, which usually means that another keyboard layout is on. */
const isForeignLetter = (key: string): boolean => /^\p{L}$/u.test(key) && !/^[a-z]$/i.test(key);

/** Says that a key has no command on the current screen, and where it has one. */
export const explainUnboundKey = (key: string, state: State): string => {
  const label = `“${formatKey(key)}”`;
  if (isForeignLetter(key)) {
    return `${label} has no command; wrong keyboard layout?`;
  }

  if (dialogs.has(selectKeyContext(state))) {
    return `${label} has no command here`;
  }

  const other = findOtherScreenName(key, state);
  return other === undefined
    ? `${label} has no command (${formatCommandKey('help.open', state.session)} for keys)`
    : `${label} works in ${other}, not here`;
};
