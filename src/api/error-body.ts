import {redactText} from '../domain/redact-text.js';
import {decodeText, isRecord} from './decode/wire.js';

/** What an error response says, in any of the forms that servers use. */
export type ErrorBody = {
  /** The Python class, e.g. `KeyError`, if the response names one. */
  readonly className: string | undefined;
  /** One line, cut to a length that fits a message. */
  readonly detail: string;
  /** Whether `detail` is a text, as for an unknown route, and not a list, as for a missing entity. */
  readonly isPlainDetail: boolean;
  /** Whether the response is a list without a `detail` around it: a path or query parameter has the wrong type. */
  readonly isBareList: boolean;
};

const maxDetailLength = 500;

/** A `KeyError` wraps its message in another pair of quotes, single or double. */
const removeQuotes = (line: string): string => {
  const match = /^(["'])([\s\S]*)\1$/.exec(line);
  return match?.[2] === undefined ? line : match[2].replaceAll(/\\(["'\\])/g, '$1');
};

const getFirstLine = (message: string): string => {
  const line = message.trim().split(/\r?\n|\\n/, 1)[0] ?? '';
  return redactText(removeQuotes(line.trim()).slice(0, maxDetailLength));
};

const decodeErrorList = (parts: readonly unknown[], isBareList: boolean): ErrorBody => {
  const className = parts.length > 1 ? decodeText(parts[0]) : undefined;
  const message = decodeText(parts[className === undefined ? 0 : 1]) ?? className ?? '';
  return {className, detail: getFirstLine(message), isPlainDetail: false, isBareList};
};

/** `body` is the parsed body, or the text itself if it is not JSON. */
export const decodeErrorBody = (body: unknown): ErrorBody => {
  if (Array.isArray(body)) {
    return decodeErrorList(body, true);
  }

  if (isRecord(body)) {
    const {detail} = body;
    if (Array.isArray(detail)) {
      return decodeErrorList(detail, false);
    }

    const message =
      decodeText(detail) ??
      decodeText(body['error_description']) ??
      decodeText(body['error']) ??
      decodeText(body['message']) ??
      '';
    return {
      className: undefined,
      detail: getFirstLine(message),
      isPlainDetail: decodeText(detail) !== undefined,
      isBareList: false,
    };
  }

  return {className: undefined, detail: getFirstLine(decodeText(body) ?? ''), isPlainDetail: false, isBareList: false};
};
