const secretMask = '***';

/** A key, password or token. However it is printed, it reads `***`; only requests may `reveal` it. */
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
    return secretMask;
  }

  toJSON(): string {
    return secretMask;
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return secretMask;
  }
}

export const createSecret = (text: string | undefined): Secret | undefined =>
  text === undefined ? undefined : new Secret(text);

/**
 * A key or token: one word that is valid in a header. Spaces and line breaks from copying are removed; `undefined` for anything
 * else.
 */
export const parseSecretWord = (text: string | undefined): Secret | undefined => {
  const word = text?.replace(/\s+/g, '') ?? '';
  return /^[\x21-\x7e]+$/.test(word) ? new Secret(word) : undefined;
};
