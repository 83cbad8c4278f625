/**
 * A number as the server wrote it, which would be lost as a JavaScript number (`4611686018427387904`, `-0.0`, `1.0`), or which is not
 * JSON (`NaN`, `Infinity`).
 */
export class ExactNumber {
  readonly source: string;

  constructor(source: string) {
    this.source = source;
  }

  toString(): string {
    return this.source;
  }

  /** A marked text, which `stringifyJson` turns back into the number, or into `null` if JSON has no such number. */
  toJSON(): string {
    return exactNumberMark + this.source;
  }
}

/** Texts that start with this are exact numbers in parsed responses. No name or message starts with it. */
export const exactNumberMark = '\0#';

const markedPattern = /^\0#(-?(?:\d[\d.eE+-]*|Infinity)|NaN)$/;

/** The exact number that a marked text stands for; `undefined` for any other text. */
export const findExactNumber = (text: string): ExactNumber | undefined => {
  const source = text.startsWith(exactNumberMark) ? markedPattern.exec(text)?.[1] : undefined;
  return source === undefined ? undefined : new ExactNumber(source);
};

const markedJsonPattern = /"\\u0000#(-?(?:\d[\d.eE+-]*|Infinity)|NaN)"/g;

/** `JSON.stringify` with exact numbers as the server wrote them; `NaN` and `Infinity` are `null`, as JSON has neither. */
export const stringifyJson = (value: unknown, indent?: number): string =>
  (JSON.stringify(value, undefined, indent) ?? 'null').replace(markedJsonPattern, (_, source: string) =>
    Number.isNaN(Number(source)) || source.endsWith('Infinity') ? 'null' : source,
  );
