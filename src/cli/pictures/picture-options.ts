/** The options of `zentop timeline` and `zentop graph`, except those of the connection. */
export type PictureOptions = {
  readonly run: string;
  /** In cells; `undefined`: the width of the terminal. */
  readonly width: number | undefined;
  readonly isAscii: boolean;
  readonly hasColor: boolean;
};

export const pictureOptions = {
  width: {type: 'number', requiresArg: true, describe: 'width in characters (default: the terminal, or 100)'},
  ascii: {type: 'boolean', default: false, describe: 'use ASCII characters only'},
} as const;

type PictureArguments = {
  readonly run: string;
  readonly width: number | undefined;
  readonly ascii: boolean;
  readonly color: boolean;
};

/** A narrower picture would have no room for bars or names. */
const minWidth = 40;
const maxWidth = 1000;

/** Throws a user-facing error if the width is not valid. */
export const parsePictureOptions = ({run, width, ascii, color}: PictureArguments): PictureOptions => {
  if (width !== undefined && !(Number.isInteger(width) && width >= minWidth && width <= maxWidth)) {
    throw new Error(`--width must be a whole number from ${minWidth} to ${maxWidth}`);
  }

  return {run, width, isAscii: ascii, hasColor: color};
};
