/** How a piece of text is drawn. Colors are indexes of the 256-color palette; without one, the terminal's default applies. */
export type Look = {
  readonly color?: number;
  readonly background?: number;
  readonly isBold?: boolean;
  readonly isDim?: boolean;
  readonly isUnderlined?: boolean;
  readonly isReversed?: boolean;
};

/** How many colors may be used: 0 none, 1 sixteen, 2 the palette of 256, 3 any RGB color. */
export type ColorLevel = 0 | 1 | 2 | 3;

/** Resets all styles. */
export const resetSequence = '\x1b[0m';

/** The sequence (SGR) that turns a look on; empty for a look without properties. The first sixteen colors have short codes. */
export const encodeLook = (look: Look): string => {
  const codes = [
    look.isBold ? '1' : '',
    look.isDim ? '2' : '',
    look.isUnderlined ? '4' : '',
    look.isReversed ? '7' : '',
    encodeColor(look.color, 30, '38;5;'),
    encodeColor(look.background, 40, '48;5;'),
  ].filter(code => code !== '');
  return codes.length === 0 ? '' : `\x1b[${codes.join(';')}m`;
};

const encodeColor = (color: number | undefined, base: number, extended: string): string => {
  if (color === undefined) {
    return '';
  }

  return color < 8 ? String(base + color) : color < 16 ? String(base + 60 + color - 8) : `${extended}${color}`;
};
