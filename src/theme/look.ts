/** How a piece of text is drawn. Colours are numbers of the terminal's palette; none: the terminal's own. */
export type Look = {
  readonly color?: number;
  readonly background?: number;
  readonly isBold?: boolean;
  readonly isDim?: boolean;
  readonly isUnderlined?: boolean;
  readonly isReversed?: boolean;
};

/** How many colours may be used: 0 none, 1 the sixteen, 2 the palette of 256, 3 any. */
export type ColourLevel = 0 | 1 | 2 | 3;

/** Ends what `sgrOf` began. */
export const resetSequence = '\x1b[0m';

/**
 * The sequence (SGR) that switches a look on; empty where there is nothing to switch on. The sixteen have short forms that
 * every terminal knows.
 */
export const encodeLook = (look: Look): string => {
  const codes = [
    look.isBold ? '1' : '',
    look.isDim ? '2' : '',
    look.isUnderlined ? '4' : '',
    look.isReversed ? '7' : '',
    encodeColour(look.color, 30, '38;5;'),
    encodeColour(look.background, 40, '48;5;'),
  ].filter(code => code !== '');
  return codes.length === 0 ? '' : `\x1b[${codes.join(';')}m`;
};

const encodeColour = (color: number | undefined, base: number, extended: string): string => {
  if (color === undefined) {
    return '';
  }

  return color < 8 ? String(base + color) : color < 16 ? String(base + 60 + color - 8) : `${extended}${color}`;
};
