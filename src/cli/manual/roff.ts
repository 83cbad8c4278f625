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

/** `revised`: when the page was last looked through, as a date of ISO 8601. */
export const pageHead = (name: string, version: string, revised: string): string =>
  `.TH ${quoted(name.toUpperCase())} 1 "${revised}" ${quoted(`${name} ${version}`)} "User Commands"`;

/** A heading; a paragraph right behind it is one by itself. */
const headed = (macro: string, title: string, parts: readonly string[]): string =>
  [`${macro} ${quoted(title)}`, ...parts.map((part, index) => (index === 0 ? part.replace(/^\.PP\n/, '') : part))].join(
    '\n',
  );

export const section = (title: string, ...parts: readonly string[]): string => headed('.SH', title, parts);

export const subsection = (title: string, ...parts: readonly string[]): string => headed('.SS', title, parts);

/** Lines of a source are short, by custom. */
const longestLine = 76;

/** Text over as many lines as it needs; where a line of the source ends is no matter to the reader. */
const filled = (text: string): string => {
  const lines: string[] = [];
  for (const word of text.split(' ').filter(each => each !== '')) {
    const longer = lines.length === 0 ? word : `${lines.at(-1)} ${word}`;
    if (roffText(longer).length <= longestLine && lines.length > 0) {
      lines[lines.length - 1] = longer;
    } else {
      lines.push(word);
    }
  }

  return lines.map(roffText).join('\n');
};

export const paragraph = (text: string): string => `.PP\n${filled(text)}`;

/** A term in bold, and what it means, indented. */
export const definition = (term: string, meaning: string): string => `.TP\n.B ${quoted(term)}\n${filled(meaning)}`;

/** Lines as they are. */
export const verbatim = (lines: readonly string[]): string =>
  ['.PP', '.RS 4', '.nf', ...lines.map(roffText), '.fi', '.RE'].join('\n');
