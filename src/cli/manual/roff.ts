/** Parts of a manual page in roff's man macros, for groff and mandoc. */

/** Escapes all special characters of roff; a hyphen becomes one that can be searched for and copied. */
export const escapeRoff = (text: string): string =>
  text
    .replaceAll('\\', '\\(rs')
    .replaceAll('-', '\\-')
    .replaceAll("'", '\\(aq')
    .replaceAll('`', '\\(ga')
    .replaceAll('^', '\\(ha')
    .replaceAll('~', '\\(ti')
    .replace(/[^\x20-\x7e]/gu, character => `\\[u${formatCodePoint(character)}]`)
    .replace(/^\./, '\\&.');

const formatCodePoint = (character: string): string =>
  (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');

const quoteRoff = (text: string): string => `"${escapeRoff(text).replaceAll('"', '\\(dq')}"`;

/** `revised`: the ISO 8601 date of the last revision. */
export const formatPageHead = (name: string, version: string, revised: string): string =>
  `.TH ${quoteRoff(name.toUpperCase())} 1 "${revised}" ${quoteRoff(`${name} ${version}`)} "User Commands"`;

/** A heading and what follows it; a paragraph directly after it needs no macro. */
const formatWithHeading = (macro: string, title: string, parts: readonly string[]): string =>
  [
    `${macro} ${quoteRoff(title)}`,
    ...parts.map((part, index) => (index === 0 ? part.replace(/^\.PP\n/, '') : part)),
  ].join('\n');

export const formatSection = (title: string, ...parts: readonly string[]): string =>
  formatWithHeading('.SH', title, parts);

export const formatSubsection = (title: string, ...parts: readonly string[]): string =>
  formatWithHeading('.SS', title, parts);

/** Source lines are short by convention. */
const maxSourceLine = 76;

/** Breaks text into source lines; the breaks do not show on the page. */
const fillLines = (text: string): string => {
  const lines: string[] = [];
  for (const word of text.split(' ').filter(each => each !== '')) {
    const longer = lines.length === 0 ? word : `${lines.at(-1)} ${word}`;
    if (escapeRoff(longer).length <= maxSourceLine && lines.length > 0) {
      lines[lines.length - 1] = longer;
    } else {
      lines.push(word);
    }
  }

  return lines.map(escapeRoff).join('\n');
};

export const formatParagraph = (text: string): string => `.PP\n${fillLines(text)}`;

/** A term in bold and its description, indented. */
export const formatDefinition = (term: string, meaning: string): string =>
  `.TP\n.B ${quoteRoff(term)}\n${fillLines(meaning)}`;

/** Lines that are shown as they are. */
export const formatVerbatim = (lines: readonly string[]): string =>
  ['.PP', '.RS 4', '.nf', ...lines.map(escapeRoff), '.fi', '.RE'].join('\n');
