/** The text as one word of a POSIX shell. */
export const quoteForShell = (text: string): string =>
  /^[\w./:@%+,-][\w./:@%+=,-]*$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;

/** The text as one word of cmd.exe and of PowerShell. Double quotes in it, which the two escape differently, are left out. */
export const quoteForWindows = (text: string): string =>
  /^[\w./:\\+-][\w./:\\+=-]*$/.test(text) ? text : `"${text.replaceAll('"', '')}"`;
