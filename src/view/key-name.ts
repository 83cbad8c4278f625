import type {Key} from 'ink';

const namedKeys = [
  ['upArrow', 'up'],
  ['downArrow', 'down'],
  ['leftArrow', 'left'],
  ['rightArrow', 'right'],
  ['pageUp', 'pageup'],
  ['pageDown', 'pagedown'],
  ['home', 'home'],
  ['end', 'end'],
  ['return', 'return'],
  ['escape', 'escape'],
  ['backspace', 'backspace'],
  ['delete', 'delete'],
] as const satisfies readonly (readonly [keyof Key, string])[];

/**
 * The names of the keys in one call of Ink's `useInput`, as the keymap spells them: `j`, `G`,
 * `down`, `ctrl-d`, `space`. Several characters in one input are several keys.
 * Alt+key is Esc and the key: tmux and screen send the same bytes if a key quickly follows Esc.
 */
export const getKeyNames = (input: string, key: Partial<Key>): readonly string[] => {
  const names = getPlainKeyNames(input, key);
  return key.meta === true && key.escape !== true ? ['escape', ...names] : names;
};

const getPlainKeyNames = (input: string, key: Partial<Key>): readonly string[] => {
  const name = namedKeys.find(([flag]) => key[flag] === true)?.[1];
  if (name !== undefined) {
    return [name];
  }

  if (key.tab === true) {
    return [key.shift === true ? 'shift-tab' : 'tab'];
  }

  if (key.ctrl === true) {
    return [`ctrl-${input === ' ' ? 'space' : input}`];
  }

  return Array.from(input, getCharacterName);
};

const getCharacterName = (character: string): string => {
  switch (character) {
    case ' ':
      return 'space';
    case '\r':
    case '\n':
      return 'return';
    case '\t':
      return 'tab';
    default:
      return character;
  }
};
