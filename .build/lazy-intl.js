// The first object of Intl takes 10 to 16 ms to create, because Node then loads ICU's data. Ink's packages create a
// segmenter while they load, and `got` two list formatters. But nearly all text can be split without a segmenter, and `got` formats
// lists only in messages for developers.
import {isNarrowText} from './narrow-text.cjs';

const RealSegmenter = globalThis.Intl['Segmenter'];
const RealListFormat = globalThis.Intl['ListFormat'];
const escapes = /[\x1b\n]/g;

/** Behaves like an `Intl.Segmenter` for characters, but creates one only for text in which characters may combine. */
export class LazySegmenter {
  #options;
  #real;

  constructor(...options) {
    this.#options = options;
  }

  segment(text) {
    if (isNarrowText(text.replace(escapes, ''))) {
      return new NarrowSegments(text);
    }

    this.#real ??= new RealSegmenter(...this.#options);
    return this.#real.segment(text);
  }
}

class NarrowSegments {
  #text;

  constructor(text) {
    this.#text = text;
  }

  containing(index) {
    return index in Object(this.#text) ? {segment: this.#text[index], index, input: this.#text} : undefined;
  }

  *[Symbol.iterator]() {
    for (let index = 0; index < this.#text.length; index += 1) {
      yield {segment: this.#text[index], index, input: this.#text};
    }
  }
}

/** Behaves like `Intl.ListFormat`, but creates one only when it is used. */
export class LazyListFormat {
  #options;

  constructor(...options) {
    this.#options = options;
  }

  format(list) {
    return new RealListFormat(...this.#options).format(list);
  }
}
