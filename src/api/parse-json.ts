import {exactNumberMark} from '../domain/exact-number.js';

/**
 * Matches a text that may contain numbers that JavaScript would change, or that Python writes although JSON does not allow them.
 */
const mayChangePattern =
  /[:,[]\s*(?:-0(?:\.0+)?[,\]}\s]|-?\d+\.\d*0[,\]}\s]|-?\d{16}|-?\d+\.\d{16}|-?[\d.]+[eE]|NaN|-?Infinity)/;

const numberPattern = /-?(?:\d[\d.eE+-]*|Infinity)|NaN/g;

/** A surrogate pair, a surrogate without its other half, or any other escape. */
const escapePattern = /\\u[dD][89abAB][\da-fA-F]{2}\\u[dD][c-fC-F][\da-fA-F]{2}|(\\u[dD][89a-fA-F][\da-fA-F]{2})|\\./gs;

const controlPattern = /[\0-\x1f]/g;

/**
 * Parses a response. Numbers that a JavaScript number cannot represent as the server wrote them, and `NaN` and `Infinity`,
 * become strings that start with `exactNumberMark`. Lone surrogates are replaced, and control characters, which JSON does not
 * allow in strings, become spaces. Throws if the text is not JSON otherwise.
 */
export const parseJson = (text: string): unknown => {
  const markedText = mayChangePattern.test(text) ? markNumbers(text) : text;
  const safeText = /\\u[dD][89a-fA-F]/.test(markedText)
    ? markedText.replace(escapePattern, (sequence, lone: string | undefined) =>
        lone === undefined ? sequence : '\\ufffd',
      )
    : markedText;
  try {
    return JSON.parse(safeText);
  } catch {
    return JSON.parse(safeText.replace(controlPattern, ' '));
  }
};

/** Marks the numbers outside strings. */
const markNumbers = (text: string): string => {
  let markedText = '';
  let at = 0;
  while (at < text.length) {
    const quoteAt = text.indexOf('"', at);
    const end = quoteAt === -1 ? text.length : quoteAt;
    // Usually there is only a colon or a comma, and a space.
    const between = text.slice(at, end);
    markedText += between.length < 3 ? between : between.replace(numberPattern, markNumber);
    at = quoteAt === -1 ? text.length : findStringEnd(text, quoteAt);
    markedText += text.slice(end, at);
  }

  return markedText;
};

const markNumber = (source: string): string =>
  String(Number(source)) === source && Number.isFinite(Number(source))
    ? source
    : JSON.stringify(exactNumberMark + source);

/** The index after the quote that closes the string. */
const findStringEnd = (text: string, quoteAt: number): number => {
  for (let at = text.indexOf('"', quoteAt + 1); at !== -1; at = text.indexOf('"', at + 1)) {
    let slashCount = 0;
    while (text[at - 1 - slashCount] === '\\') {
      slashCount += 1;
    }

    if (slashCount % 2 === 0) {
      return at + 1;
    }
  }

  return text.length;
};
