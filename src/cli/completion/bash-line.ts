type Quote = '"' | "'";

/** An unfinished command line of bash. */
export type BashLine = {
  /** The words as the program would receive them, the command first; the last one is being typed. */
  readonly words: readonly string[];
  /** Whether a file name is being typed after `<` or `>`. */
  readonly isRedirection: boolean;
  /** How many characters of the last word readline keeps; it replaces the following ones. */
  readonly keptLength: number;
  /** The quote that is still open. */
  readonly quote: Quote | undefined;
};

/** An escaped character, a quoted part, space, a redirection, or any other character. */
const bashToken = /\\(.?)|'([^']*)('?)|"((?:\\.|[^"\\])*)\\?("?)|([ \t\n]+)|([<>])|(.)/gsu;

/** In double quotes a backslash escapes only these. */
const doubleQuoteEscape = /\\([$`"\\])/g;

/**
 * Parses a line up to the cursor as bash does, but without expanding variables and substitutions. `wordBreaks` is
 * `$COMP_WORDBREAKS`: readline replaces what follows the last of these characters that is not quoted.
 */
export const parseBashLine = (line: string, wordBreaks: string): BashLine => {
  const words: string[] = [];
  let word: string | undefined;
  let keptLength = 0;
  let quote: Quote | undefined;
  let isRedirection = false;
  const finish = (): void => {
    if (word !== undefined) {
      words.push(...(isRedirection ? [] : [word]));
      isRedirection = false;
    }

    word = undefined;
    keptLength = 0;
  };
  const addQuoted = (text: string, end: string | undefined, openQuote: Quote): void => {
    if (end === '') {
      keptLength = word?.length ?? 0;
      quote = openQuote;
    }

    word = (word ?? '') + text;
  };
  for (const [, escaped, single, singleEnd, double, doubleEnd, blank, redirection, other] of line.matchAll(bashToken)) {
    if (escaped !== undefined) {
      word = (word ?? '') + escaped;
    } else if (single !== undefined) {
      addQuoted(single, singleEnd, "'");
    } else if (double !== undefined) {
      addQuoted(double.replace(doubleQuoteEscape, '$1'), doubleEnd, '"');
    } else if (blank !== undefined) {
      finish();
    } else if (redirection !== undefined) {
      finish();
      isRedirection = true;
    } else if (other !== undefined) {
      word = (word ?? '') + other;
      // `@` starts a host name for bash, so it is replaced, too.
      keptLength = wordBreaks.includes(other) ? word.length - (other === '@' ? 1 : 0) : keptLength;
    }
  }

  return {words: [...words, word ?? ''], isRedirection, keptLength, quote};
};

/** Characters with a special meaning in bash. */
const shellSpecial = /[\s!"#$&'()*;<>?[\\\]^`{|}~]/g;

/**
 * The text that readline must append to the kept part of the last word, so that the word becomes `candidate`, whatever
 * characters it contains. Readline closes an open quote by itself.
 */
export const quoteForBash = (candidate: string, {keptLength, quote}: BashLine): string => {
  const appendedText = candidate.slice(keptLength);
  switch (quote) {
    case undefined:
      return appendedText.replace(shellSpecial, '\\$&');

    case "'":
      return appendedText.replaceAll("'", `'\\''`);

    case '"':
      return appendedText.replace(/[$`"\\]/g, '\\$&');
  }
};
