const labels: Readonly<Record<string, string>> = {
  return: 'enter',
  escape: 'esc',
  pageup: 'pgup',
  pagedown: 'pgdn',
};

/** A key as readers know it: `enter`, `esc`, `ctrl-d`. */
export const keyLabel = (key: string): string => labels[key] ?? key.replace(/^(ctrl|shift)\+/, '$1-');
