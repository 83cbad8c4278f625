import {finite, record, text} from '../api/decode/wire.js';
import type {Failure} from '../domain/failure.js';

/** A failure of the transport read back; what cannot be told any more is `unreachable`. */
export const failureIn = (value: unknown): Failure => {
  const line = record(value);
  const host = text(line['host']) ?? 'the server';
  const reason = text(line['reason']) ?? '';
  switch (line['kind']) {
    case 'timed-out':
      return {kind: 'timed-out', afterMs: finite(line['afterMs']) ?? 0};

    case 'untrusted':
      return {kind: 'untrusted', host, reason};

    case 'too-large':
      return {kind: 'too-large', limitBytes: finite(line['limitBytes']) ?? 0};

    default:
      return {kind: 'unreachable', host, reason};
  }
};
