/**
 * Kitty's keyboard protocol, which another program may have left on (https://sw.kovidgoyal.net/kitty/keyboard-protocol): keys with
 * a code (`ESC [ code:shifted:base ; modifiers:event ; text u`) and function keys (`ESC [ number ; modifiers:event A`).
 */
const kittyKey = /^\x1b\[(\d+)(?::(\d*))?(?::(\d*))?(?:;(\d*)(?::(\d))?)?(?:;([\d:]*))?u$/;
const functionKey = /^\x1b\[(\d*)(?:;(\d+):(\d))([A-HPQS~])$/;
/** xterm's modifyOtherKeys: `ESC [ 27 ; modifiers ; code ~`. */
const modifiedKey = /^\x1b\[27;(\d+);(\d+)~$/;
/** The keypad in application mode: `ESC O p`. */
const applicationKeypad = /^\x1bO([MXj-y])$/;

/** Legacy sequences of the keys that kitty's protocol numbers in Unicode's private use area. */
const functionalKeysByCode: ReadonlyMap<number, string> = new Map([
  ...Array.from('0123456789./*-+', (character, index): [number, string] => [57399 + index, character]),
  [57414, '\r'],
  [57415, '='],
  ...['D', 'C', 'A', 'B', '5~', '6~', 'H', 'F', '2~', '3~'].map((end, index): [number, string] => [
    57417 + index,
    `\x1b[${end}`,
  ]),
]);

const applicationKeys: Readonly<Record<string, string>> = {M: '\r', X: '='};

/** The Latin letters that share a key with the Russian ones, so that Ctrl-C works on a Cyrillic layout, too. */
const latinByCyrillic: ReadonlyMap<string, string> = new Map(
  Array.from('йцукенгшщзхъфывапролджэячсмитьбю', (letter, index): [string, string] => [
    letter,
    "qwertyuiop[]asdfghjkl;'zxcvbnm,."[index] ?? '',
  ]),
);

const releaseEvent = '3';

/** Returns a key as terminals without an extended protocol send it; empty for a release, and for a character with Alt or Super. */
export const decodeKey = (sequence: string): string => {
  if (!sequence.startsWith('\x1b')) {
    return sequence;
  }

  const [, keypad] = applicationKeypad.exec(sequence) ?? [];
  if (keypad !== undefined) {
    return applicationKeys[keypad] ?? String.fromCharCode(keypad.charCodeAt(0) - 0x40);
  }

  const [, modified, modifiedCode] = modifiedKey.exec(sequence) ?? [];
  if (modifiedCode !== undefined) {
    return encodeKey({code: Number(modifiedCode), modifiers: Number(modified) - 1});
  }

  const [, number, functionModifiers, functionEvent, end] = functionKey.exec(sequence) ?? [];
  if (end !== undefined) {
    // Ignores the lock keys.
    const modifiers = (Number(functionModifiers) - 1) & 0b11_1111;
    const parameters = modifiers === 0 ? (number === '1' ? '' : number) : `${number};${modifiers + 1}`;
    return functionEvent === releaseEvent ? '' : `\x1b[${parameters}${end}`;
  }

  const [whole, code, shifted, base, modifiers, event, text] = kittyKey.exec(sequence) ?? [];
  if (whole === undefined) {
    return sequence;
  }

  return event === releaseEvent
    ? ''
    : encodeKey({
        code: Number(code),
        shifted: Number(shifted ?? 0),
        base: Number(base ?? 0),
        modifiers: Number(modifiers || 1) - 1,
        text: (text ?? '').split(':').map(Number).filter(isCharacter),
      });
};

type DecodedKey = {
  readonly code: number;
  readonly shifted?: number;
  readonly base?: number;
  readonly modifiers: number;
  readonly text?: readonly number[];
};

const maxCodePoint = 0x10_ff_ff;

const isCharacter = (code: number): boolean => code >= 32 && code !== 127 && code <= maxCodePoint;

/** Bits of the modifiers; the last are those of Alt, Super, Hyper and Meta, with which a character has no meaning here. */
const [shift, control, ignoredModifiers] = [1, 4, 0b11_1010];

const encodeKey = ({code, shifted = 0, base = 0, modifiers, text = []}: DecodedKey): string => {
  if ((modifiers & ignoredModifiers) !== 0 || Math.max(code, shifted, base) > maxCodePoint) {
    return '';
  }

  const functional = functionalKeysByCode.get(code);
  if (functional !== undefined || (code >= 57344 && code <= 63743)) {
    return functional ?? '';
  }

  if ((modifiers & control) !== 0) {
    return encodeControl(base > 0 ? base : code);
  }

  const hasShift = (modifiers & shift) !== 0;
  if (code === 9 && hasShift) {
    return '\x1b[Z';
  }

  if (text.length > 0) {
    return String.fromCodePoint(...text);
  }

  const character = String.fromCodePoint(code);
  if (!hasShift) {
    return character;
  }

  return shifted > 0 ? String.fromCodePoint(shifted) : character.toUpperCase();
};

const encodeControl = (code: number): string => {
  const character = String.fromCodePoint(code).toLowerCase();
  const letter = latinByCyrillic.get(character) ?? character;
  return /^[a-z[\\\]^_]$/.test(letter) ? String.fromCharCode(letter.toUpperCase().charCodeAt(0) - 0x40) : '';
};
