import {type Command, keyContexts} from './command.js';
import {commands, getKeymap} from './commands.js';
import {formatKey, parseKey} from './key-label.js';

/** Keys that readers chose themselves, by the id of the command. */
export type KeyBindings = Readonly<Record<string, readonly string[]>>;

export type ParsedKeyBindings = {
  readonly keys: KeyBindings;
  /** A sentence for each choice that was not followed, or not wholly; without the stop at its end. */
  readonly problems: readonly {readonly id: string; readonly what: string}[];
};

/**
 * Takes keys as readers spell them (`ctrl-d`, `enter`, `n`). A key that is chosen is taken away from whatever else has it in the
 * same place, and that is told; what cannot be chosen is told and passed over.
 */
export const parseKeyBindings = (wanted: KeyBindings): ParsedKeyBindings => {
  const keys: Record<string, readonly string[]> = {};
  const problems: {id: string; what: string}[] = [];
  for (const [id, labels] of Object.entries(wanted)) {
    const command = commands.find(each => each.id === id);
    const what = command === undefined ? `there is no command “${id}”` : explainRejectedKeys(command, labels);
    if (what === undefined) {
      keys[id] = labels.flatMap(label => parseKey(label) ?? []);
    } else {
      problems.push({id, what});
    }
  }

  return {keys, problems: [...problems, ...getLostKeys(keys)]};
};

const explainRejectedKeys = ({id, keys, on}: Command, labels: readonly string[]): string | undefined => {
  const unknown = labels.find(label => parseKey(label) === undefined);
  if (unknown !== undefined || labels.length === 0) {
    return `“${unknown ?? ''}” is no key; keys are called n, N, ctrl-n, enter, esc, space, tab, up, pgdn, home, …`;
  }

  if (id === 'program.interrupt' || labels.includes('ctrl-c')) {
    return 'ctrl-c always quits';
  }

  if (keys.every(key => /^\d$/.test(key))) {
    return `the keys of ${id} are numbers, which say what is meant`;
  }

  return on.includes('field') && labels.some(label => isCharacter(parseKey(label) ?? ''))
    ? `${id} is for lines of text, where characters are typed`
    : undefined;
};

const isCharacter = (key: string): boolean => key === 'space' || Array.from(key).length === 1;

/** Which commands have a key less, or none any more, since it was chosen for another one. */
const getLostKeys = (chosen: KeyBindings): ParsedKeyBindings['problems'] => {
  const before = getKeymap({});
  const after = getKeymap(chosen);
  const problems = new Map<string, {id: string; what: string}>();
  for (const place of keyContexts) {
    for (const {id, keys} of before.on(place)) {
      const wanted = chosen[id] ?? keys;
      const left = after.on(place).find(command => command.id === id)?.keys ?? [];
      for (const key of wanted.filter(each => !left.includes(each))) {
        const taker = after.on(place).find(command => command.keys.includes(key))?.id ?? '';
        const what = `${formatKey(key)} is the key of ${taker}, so ${id} ${left.length === 0 ? 'has none' : 'goes without it'}`;
        problems.set(`${id} ${key}`, {id: taker, what});
      }
    }
  }

  return [...problems.values()];
};
