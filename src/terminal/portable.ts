/**
 * Mosh ignores “cursor to the next line” (CNL, `ESC [ E`) and “to the previous line” (CPL, `ESC [ F`), which Ink uses. A carriage
 * return and a move down or up do the same, and every terminal supports them.
 */
export const encodePortably = (chunk: string): string =>
  chunk.includes('\x1b[')
    ? chunk.replace(
        /\x1b\[(\d*)([EF])/g,
        (_, count: string, end: string) => `\r\x1b[${count}${end === 'E' ? 'B' : 'A'}`,
      )
    : chunk;
