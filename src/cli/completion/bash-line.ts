type Quote = '"' | "'";

/** What stands on an unfinished command line of bash. */
export type BashLine = {
  /** As the program would get them, the command first; the last one is being typed. */
  readonly words: readonly string[];
  /** The name of a file is being typed, behind `<` or `>`. */
  readonly isRedirection: boolean;
  /** So many characters of the last word stay where they are; readline replaces what is behind them. */
  readonly keptLength: number;
  /** The quote that is still open. */
  readonly quote: Quote | undefined;
};

/** Behind a backslash, a quoted part, blanks, a redirection, or any other character. */
const bashToken = /\\(.?)|'([^']*)('?)|"((?:\\.|[^"\\])*)\\?("?)|([ \t\n]+)|([<>])|(.)/gsu;

/** In double quotes a backslash takes the meaning from these alone. */
const doubleQuoteEscape = /\\([$`"\\])/g;

/**
 * Reads a line up to the cursor as bash does, but carries nothing out: variables and substitutions stay as they are typed.
 * `wordBreaks` is `$COMP_WORDBREAKS`: readline goes back to the last of these characters that is not quoted.
 */
export const parseBashLine = (line: string, wordBreaks: string): BashLine => {
  const words: string[] = [];
  let word: string | undefined;
  let kept = 0;
  let quote: Quote | undefined;
  let isRedirection = false;
  const finish = (): void => {
    if (word !== undefined) {
      words.push(...(isRedirection ? [] : [word]));
      isRedirection = false;
    }

    word = undefined;
    kept = 0;
  };
  const addQuoted = (text: string, end: string | undefined, by: Quote): void => {
    if (end === '') {
      kept = word?.length ?? 0;
      quote = by;
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
      // What bash knows as the beginning of a host's name belongs to what is replaced.
      kept = wordBreaks.includes(other) ? word.length - (other === '@' ? 1 : 0) : kept;
    }
  }

  return {words: [...words, word ?? ''], isRedirection, keptLength: kept, quote};
};

/** What bash takes for something else than itself. */
const shellSpecial = /[\s!"#$&'()*;<>?[\\\]^`{|}~]/g;

/**
 * What readline puts behind the part of the last word that it keeps, so that the word becomes `candidate`, whatever
 * characters are in it. Readline closes a quote that is open by itself.
 */
export const quoteForBash = (candidate: string, {keptLength: kept, quote}: BashLine): string => {
  const rest = candidate.slice(kept);
  switch (quote) {
    case undefined:
      return rest.replace(shellSpecial, '\\$&');

    case "'":
      return rest.replaceAll("'", `'\\''`);

    case '"':
      return rest.replace(/[$`"\\]/g, '\\$&');
  }
};
