/** A colour as a text asks for it: a number of the palette of 256, or red, green and blue up to 255 each. */
export type TextColour = number | readonly [red: number, green: number, blue: number];

/** How a text from outside wants to look (SGR), as far as it is followed: it may not blink, nor hide. */
export type TextStyle = {
  readonly color?: TextColour | undefined;
  readonly background?: TextColour | undefined;
  readonly isBold?: boolean;
  readonly isDim?: boolean;
  readonly isItalic?: boolean;
  readonly isUnderlined?: boolean;
  readonly isReversed?: boolean;
};

/** What the parameters of an SGR sequence (`1;38;5;9`) make of a style; `undefined`: none is left. */
export const applyStyleCodes = (style: TextStyle | undefined, parameters: string): TextStyle | undefined => {
  const codes = parameters.split(/[;:]/).map(Number);
  let next: TextStyle = style ?? {};
  for (let place = 0; place < codes.length; place += 1) {
    const code = codes[place] ?? 0;
    if (code === 38 || code === 48) {
      const {color, length} = parseExtendedColour(codes.slice(place + 1));
      next = {...next, [code === 38 ? 'color' : 'background']: color};
      place += length;
    } else {
      next = withCode(next, code);
    }
  }

  return Object.values(next).some(value => value !== undefined && value !== false) ? next : undefined;
};

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
      return withSixteenColours(style, code);
  }
};

/** 30 to 37 and 40 to 47 are the first eight colours; 90 to 97 and 100 to 107 the bright ones. */
const withSixteenColours = (style: TextStyle, code: number): TextStyle => {
  const number = code % 10;
  const tens = Math.floor(code / 10);
  if (number > 7 || ![3, 4, 9, 10].includes(tens)) {
    return style;
  }

  return tens === 3 || tens === 9
    ? {...style, color: tens === 9 ? number + 8 : number}
    : {...style, background: tens === 10 ? number + 8 : number};
};

/** After 38 or 48: `5;n`, `2;r;g;b`, and with colons also `2::r:g:b`. */
const parseExtendedColour = (
  codes: readonly number[],
): {readonly color: TextColour | undefined; readonly length: number} => {
  const [kind, first = 0, second = 0, third = 0, fourth] = codes;
  if (kind === 5) {
    return {color: first <= 255 ? first : undefined, length: 2};
  }

  if (kind !== 2) {
    return {color: undefined, length: 1};
  }

  const isSpaced = first === 0 && codes.length === 5 && fourth !== undefined;
  const rgb = isSpaced ? ([second, third, fourth] as const) : ([first, second, third] as const);
  return {color: rgb.every(part => part <= 255) ? rgb : undefined, length: isSpaced ? 5 : 4};
};
