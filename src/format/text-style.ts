/** A color as an escape sequence sets it: an index of the 256-color palette, or red, green and blue from 0 to 255. */
export type TextColor = number | readonly [red: number, green: number, blue: number];

/** The supported part of a style that escape sequences (SGR) set; blinking and hidden text are not. */
export type TextStyle = {
  readonly color?: TextColor | undefined;
  readonly background?: TextColor | undefined;
  readonly isBold?: boolean;
  readonly isDim?: boolean;
  readonly isItalic?: boolean;
  readonly isUnderlined?: boolean;
  readonly isReversed?: boolean;
};

/** Applies the parameters of an SGR sequence (`1;38;5;9`) to a style; `undefined` if nothing is left of it. */
export const applyStyleCodes = (style: TextStyle | undefined, parameters: string): TextStyle | undefined => {
  const attributes = parameters.split(';');
  let next: TextStyle = style ?? {};
  for (let index = 0; index < attributes.length; index += 1) {
    const [code = 0, ...parts] = (attributes[index] ?? '').split(':').map(Number);
    if (code === 38 || code === 48 || code === underlineColorCode) {
      const hasParts = parts.length > 0;
      const {color, length} = parseExtendedColor(hasParts ? parts : attributes.slice(index + 1).map(Number), hasParts);
      next = code === underlineColorCode ? next : {...next, [code === 38 ? 'color' : 'background']: color};
      index += hasParts ? 0 : length;
    } else {
      // `4:0` means not underlined, `4:3` a wavy underline.
      next = withCode(next, code === 4 && parts[0] === 0 ? 24 : code);
    }
  }

  return Object.values(next).some(value => value !== undefined && value !== false) ? next : undefined;
};

/** Takes a color as 38 and 48 do, which is skipped. */
const underlineColorCode = 58;

const withCode = (style: TextStyle, code: number): TextStyle => {
  switch (code) {
    case 0:
      return {};

    case 1:
      return {...style, isBold: true};

    case 2:
      return {...style, isDim: true};

    case 3:
      return {...style, isItalic: true};

    case 4:
      return {...style, isUnderlined: true};

    case 7:
      return {...style, isReversed: true};

    case 22:
      return {...style, isBold: false, isDim: false};

    case 23:
      return {...style, isItalic: false};

    case 24:
      return {...style, isUnderlined: false};

    case 27:
      return {...style, isReversed: false};

    case 39:
      return {...style, color: undefined};

    case 49:
      return {...style, background: undefined};

    default:
      return withSixteenColors(style, code);
  }
};

/** 30–37 and 40–47 are the first eight colors, 90–97 and 100–107 the bright ones. */
const withSixteenColors = (style: TextStyle, code: number): TextStyle => {
  const number = code % 10;
  const tens = Math.floor(code / 10);
  if (number > 7 || ![3, 4, 9, 10].includes(tens)) {
    return style;
  }

  return tens === 3 || tens === 9
    ? {...style, color: tens === 9 ? number + 8 : number}
    : {...style, background: tens === 10 ? number + 8 : number};
};

/** The codes after 38 or 48: `5;n` or `2;r;g;b`; with colons `5:n`, `2:r:g:b` or `2::r:g:b`. */
const parseExtendedColor = (
  codes: readonly number[],
  hasColons: boolean,
): {readonly color: TextColor | undefined; readonly length: number} => {
  const [kind, first = 0, second = 0, third = 0, fourth] = codes;
  if (kind === 5) {
    return {color: first <= 255 ? first : undefined, length: 2};
  }

  if (kind !== 2) {
    return {color: undefined, length: 1};
  }

  const hasColorSpace = hasColons && fourth !== undefined;
  const rgb = hasColorSpace ? ([second, third, fourth] as const) : ([first, second, third] as const);
  return {color: rgb.every(part => part <= 255) ? rgb : undefined, length: 4};
};
