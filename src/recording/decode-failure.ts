import {decodeNumber, decodeRecord, decodeText} from '../api/decode/wire.js';
import type {Failure} from '../domain/failure.js';

/** A failure of the transport read back; what cannot be told any more is `unreachable`. */
export const decodeRecordedFailure = (value: unknown): Failure => {
  const line = decodeRecord(value);
  const host = decodeText(line['host']) ?? 'the server';
  const reason = decodeText(line['reason']) ?? '';
  switch (line['kind']) {
    case 'timed-out':
      return {kind: 'timed-out', afterMs: decodeNumber(line['afterMs']) ?? 0};

    case 'untrusted':
      return {kind: 'untrusted', host, reason};

    case 'too-large':
      return {kind: 'too-large', limitBytes: decodeNumber(line['limitBytes']) ?? 0};

    default:
      return {kind: 'unreachable', host, reason};
  }
};
