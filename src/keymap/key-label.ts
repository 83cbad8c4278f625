const labels: Readonly<Record<string, string>> = {
  return: 'enter',
  escape: 'esc',
  pageup: 'pgup',
  pagedown: 'pgdn',
};

/** A key as readers know it: `enter`, `esc`, `ctrl-d`. */
export const keyLabel = (key: string): string => labels[key] ?? key.replace(/^(ctrl|shift)\+/, '$1-');

const keys: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(labels).map(([key, label]): [string, string] => [label, key]),
);

const spelling =
  /^(?:[!-~]|ctrl\+[a-z]|shift\+tab|tab|up|down|left|right|pageup|pagedown|home|end|return|escape|space|backspace|delete)$/;

/** The key that readers call so; `undefined` where there is none. */
export const keyNamed = (label: string): string | undefined => {
  const key = keys[label] ?? label.replace(/^(ctrl|shift)-/, '$1+');
  return spelling.test(key) ? key : undefined;
};
