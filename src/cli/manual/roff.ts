/** Parts of a manual page in roff's man macros, which groff and mandoc both set. */

/** Text that means itself: no character of it is roff's own, and a hyphen can be searched for and copied. */
export const roffText = (text: string): string =>
  text
    .replaceAll('\\', '\\(rs')
    .replaceAll('-', '\\-')
    .replaceAll("'", '\\(aq')
    .replaceAll('`', '\\(ga')
    .replaceAll('^', '\\(ha')
    .replaceAll('~', '\\(ti')
    .replace(/[^\x20-\x7e]/gu, character => `\\[u${codeOf(character)}]`)
    .replace(/^\./, '\\&.');

const codeOf = (character: string): string =>
  (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');

const quoted = (text: string): string => `"${roffText(text).replaceAll('"', '\\(dq')}"`;

export const pageHead = (name: string, version: string): string =>
  `.TH ${quoted(name.toUpperCase())} 1 "" ${quoted(`${name} ${version}`)} "User Commands"`;

export const section = (title: string, ...parts: readonly string[]): string =>
  [`.SH ${quoted(title)}`, ...parts].join('\n');

export const subsection = (title: string, ...parts: readonly string[]): string =>
  [`.SS ${quoted(title)}`, ...parts].join('\n');

export const paragraph = (text: string): string => `.PP\n${roffText(text)}`;

/** A term in bold, and what it means, indented. */
export const definition = (term: string, meaning: string): string => `.TP\n.B ${quoted(term)}\n${roffText(meaning)}`;

/** Lines as they are. */
export const verbatim = (lines: readonly string[]): string =>
  ['.PP', '.RS 4', '.nf', ...lines.map(roffText), '.fi', '.RE'].join('\n');
