const namedKeys: Readonly<Record<string, string>> = {
  enter: '\r',
  esc: '\x1b',
  tab: '\t',
  'shift-tab': '\x1b[Z',
  space: ' ',
  backspace: '\x7f',
  delete: '\x1b[3~',
  up: '\x1b[A',
  down: '\x1b[B',
  right: '\x1b[C',
  left: '\x1b[D',
  home: '\x1b[H',
  end: '\x1b[F',
  pgup: '\x1b[5~',
  pgdn: '\x1b[6~',
};

/**
 * The bytes that a terminal sends for a key: `enter`, `pgdn`, `ctrl-d`, or the characters themselves (`j`, `G`, `train`).
 */
export const getKeyBytes = (key: string): string => {
  const named = namedKeys[key];
  if (named !== undefined) {
    return named;
  }

  const control = /^ctrl-([a-z])$/.exec(key)?.[1];
  return control === undefined ? key : String.fromCharCode(control.charCodeAt(0) - 96);
};
