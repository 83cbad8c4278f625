import {type Command, keyContexts} from './command.js';
import {commands, getKeymap, type KeyBindings} from './commands.js';
import {formatKey, parseKey} from './key-label.js';

export type ParsedKeyBindings = {
  readonly keys: KeyBindings;
  /** A message, without a period at its end, for each choice that was rejected or takes a key from another command. */
  readonly problems: readonly {readonly id: string; readonly what: string}[];
};

/**
 * Parses keys as users spell them (`ctrl-d`, `enter`, `n`). A chosen key is removed from other commands in the same
 * context, which is reported; an invalid choice is reported and ignored.
 */
export const parseKeyBindings = (wanted: KeyBindings): ParsedKeyBindings => {
  const keys: Record<string, readonly string[]> = {};
  const problems: {id: string; what: string}[] = [];
  for (const [id, labels] of Object.entries(wanted)) {
    const command = commands.find(each => each.id === id);
    const what =
      command === undefined
        ? `unknown command “${id}”. \`zentop config --keys\` lists all`
        : explainRejectedKeys(command, labels);
    if (what === undefined) {
      keys[id] = labels.flatMap(label => parseKey(label) ?? []);
    } else {
      problems.push({id, what});
    }
  }

  return {keys, problems: [...problems, ...listLostKeyProblems(keys)]};
};

const explainRejectedKeys = (command: Command, labels: readonly string[]): string | undefined => {
  const {id, keys, on} = command;
  if (labels.length === 0) {
    return `${id} needs a key. Remove it from the file to use its default`;
  }

  const unknown = labels.find(label => parseKey(label) === undefined);
  if (unknown !== undefined) {
    return `unknown key “${unknown}”. Examples: n, N, ctrl-n, enter, esc, space, tab, up, pgdn, home`;
  }

  if (id === 'program.interrupt' || labels.some(label => parseKey(label) === 'ctrl-c')) {
    return 'ctrl-c always quits';
  }

  if (keys.every(key => /^\d$/.test(key))) {
    return `${id} always uses the number keys`;
  }

  if (isUsedWhileTyping(command) && labels.some(label => isCharacter(parseKey(label) ?? ''))) {
    return `${id} is used while typing text; only ctrl-… and named keys are allowed`;
  }

  // In the form for an answer, these keys are not looked up among the commands.
  const erasing = labels.find(label => label === 'backspace' || label === 'delete');
  return on.includes('answering') && erasing !== undefined ? `${erasing} always deletes text` : undefined;
};

/** `confirming.close` also cancels while the word that confirms is being typed. */
const isUsedWhileTyping = ({id, on}: Command): boolean =>
  on.includes('field') || on.includes('answering') || id === 'confirming.close';

const isCharacter = (key: string): boolean => key === 'space' || Array.from(key).length === 1;

/** A problem for each key that a command has lost to another one. */
const listLostKeyProblems = (chosen: KeyBindings): ParsedKeyBindings['problems'] => {
  const before = getKeymap({});
  const after = getKeymap(chosen);
  const problemsByKey = new Map<string, {id: string; what: string}>();
  for (const context of keyContexts) {
    for (const {id, keys} of before.on(context)) {
      const wanted = chosen[id] ?? keys;
      const left = after.on(context).find(command => command.id === id)?.keys ?? [];
      for (const key of wanted.filter(each => !left.includes(each))) {
        const taker = after.on(context).find(command => command.keys.includes(key))?.id ?? '';
        const what = `${formatKey(key)} is used by ${taker}; ${id} is left without ${left.length === 0 ? 'a key' : 'it'}`;
        problemsByKey.set(`${id} ${key}`, {id: taker, what});
      }
    }
  }

  return [...problemsByKey.values()];
};
