const shown = '***';

/** A key, password or token. However it is printed it reads `***`; `reveal` is for the request alone. */
export class Secret {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  reveal(): string {
    return this.#text;
  }

  equals(other: Secret | undefined): boolean {
    return other !== undefined && other.#text === this.#text;
  }

  toString(): string {
    return shown;
  }

  toJSON(): string {
    return shown;
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return shown;
  }
}

export const secretOf = (text: string | undefined): Secret | undefined =>
  text === undefined ? undefined : new Secret(text);

/** A key or token: one word fit for a header. Line breaks that a copy brought along are taken out. */
export const secretWord = (text: string | undefined): Secret | undefined => {
  const word = text?.replace(/\s+/g, '') ?? '';
  return /^[\x21-\x7e]+$/.test(word) ? new Secret(word) : undefined;
};
