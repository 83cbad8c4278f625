const labelByKey: Readonly<Record<string, string>> = {
  return: 'enter',
  escape: 'esc',
  pageup: 'pgup',
  pagedown: 'pgdn',
};

/** A key as users know it: `enter`, `esc`, `ctrl-d`. */
export const formatKey = (key: string): string => labelByKey[key] ?? key;

const keyByLabel: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(labelByKey).map(([key, label]): [string, string] => [label, key]),
);

const keyPattern =
  /^(?:[!-~]|\p{L}|ctrl-[a-z]|shift-tab|tab|up|down|left|right|pageup|pagedown|home|end|return|escape|space|backspace|delete)$/u;

/** Parses the user's name of a key, also with a plus sign (`ctrl+d`); `undefined` if it is unknown. */
export const parseKey = (label: string): string | undefined => {
  const key = keyByLabel[label] ?? label.replace(/^(ctrl|shift)\+/, '$1-');
  return keyPattern.test(key) ? key : undefined;
};
