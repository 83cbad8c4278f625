import {isRecord, text} from './decode/wire.js';

/** What an error answer says, whichever of the server's shapes it has. */
export type ErrorWords = {
  /** The Python class, e.g. `KeyError`, where the answer names one. */
  readonly className: string | undefined;
  /** One line, cut to a length that fits a message. */
  readonly detail: string;
  /** The text of a `detail` that is no list: the server's own routes answer so, not its objects. */
  readonly isPlainDetail: boolean;
  /** A list without a `detail` around it: a path or query parameter has the wrong type. */
  readonly isBareList: boolean;
};

const longestDetail = 500;

/** A `KeyError` quotes its message once more, with either quote. */
const unquoted = (line: string): string => {
  const match = /^(["'])([\s\S]*)\1$/.exec(line);
  return match?.[2] === undefined ? line : match[2].replaceAll(/\\(["'\\])/g, '$1');
};

const oneLine = (message: string): string => {
  const line = message.trim().split(/\r?\n|\\n/, 1)[0] ?? '';
  return unquoted(line.trim()).slice(0, longestDetail);
};

const ofList = (parts: readonly unknown[], isBareList: boolean): ErrorWords => {
  const className = parts.length > 1 ? text(parts[0]) : undefined;
  const message = text(parts[className === undefined ? 0 : 1]) ?? className ?? '';
  return {className, detail: oneLine(message), isPlainDetail: false, isBareList};
};

/** `body` is the parsed body, or the text itself where it is no JSON. */
export const errorWordsOf = (body: unknown): ErrorWords => {
  if (Array.isArray(body)) {
    return ofList(body, true);
  }

  if (isRecord(body)) {
    const {detail} = body;
    if (Array.isArray(detail)) {
      return ofList(detail, false);
    }

    const message =
      text(detail) ?? text(body['error_description']) ?? text(body['error']) ?? text(body['message']) ?? '';
    return {
      className: undefined,
      detail: oneLine(message),
      isPlainDetail: text(detail) !== undefined,
      isBareList: false,
    };
  }

  return {className: undefined, detail: oneLine(text(body) ?? ''), isPlainDetail: false, isBareList: false};
};
