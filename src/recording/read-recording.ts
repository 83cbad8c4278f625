import {constants, gunzipSync} from 'node:zlib';
import {decodeText, isRecord, type Wire} from '../api/decode/wire.js';
import type {RunId} from '../domain/ids.js';
import type {Instant} from '../domain/instant.js';
import type {Exchange, RecordedBody} from './exchange.js';
import {createLineReader, maxElements} from './read-lines.js';
import {maxRecordingBytes, type RecordingEnd, recordingFormatName, recordingFormatVersion} from './recording-format.js';

/** The content of a recording, with its exchanges in the order in which the responses were received. */
export type Recording = {
  readonly zentopVersion: string | undefined;
  readonly serverUrl: string;
  /** The run that was watched. */
  readonly runId: RunId;
  readonly exchanges: readonly Exchange<RecordedBody>[];
  readonly endAt: Instant;
  /** `undefined` if zentop was killed while recording. */
  readonly end: RecordingEnd | undefined;
};

/** Why a file cannot be replayed. */
export type RecordingProblem =
  /** Not a recording. */
  | {readonly kind: 'foreign'}
  /** Compressed, and the compressed data is damaged. */
  | {readonly kind: 'damaged'}
  /** More than `maxRecordingBytes`, or more than `maxElements` list elements. */
  | {readonly kind: 'too-large'}
  /** A newer version of the format than this zentop supports. */
  | {readonly kind: 'newer'; readonly zentopVersion: string | undefined}
  /** This line, counted from 1, is corrupt, and it is not the last one. */
  | {readonly kind: 'broken'; readonly line: number}
  /** It does not say which run was watched, or contains no exchange. */
  | {readonly kind: 'empty'};

type RecordingResult =
  | {readonly ok: true; readonly recording: Recording}
  | {readonly ok: false; readonly problem: RecordingProblem};

const failWithRecordingProblem = (problem: RecordingProblem): RecordingResult => ({ok: false, problem});

/** Decompresses a gzip file, as far as possible if its end is missing. Other files are returned as they are. */
const decompressRecording = (bytes: Uint8Array): Uint8Array | RecordingProblem => {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) {
    return bytes.length > maxRecordingBytes ? {kind: 'too-large'} : bytes;
  }

  try {
    return gunzipSync(bytes, {finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: maxRecordingBytes});
  } catch (error) {
    const isTooLarge = error instanceof RangeError && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';
    return {kind: isTooLarge ? 'too-large' : 'damaged'};
  }
};

const newlineByte = 10;

function* splitRecordingLines(bytes: Uint8Array): Generator<string> {
  const decoder = new TextDecoder();
  for (let from = 0; from < bytes.length; ) {
    const found = bytes.indexOf(newlineByte, from);
    const to = found === -1 ? bytes.length : found;
    yield decoder.decode(bytes.subarray(from, to));
    from = to + 1;
  }
}

const parseRecordingLine = (line: string): Wire | undefined => {
  try {
    const value: unknown = JSON.parse(line);
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
};

/** Reads a recording, compressed or not. A last line that is cut off is ignored: zentop was killed while writing it. */
export const readRecording = (file: Uint8Array): RecordingResult => {
  const bytes = decompressRecording(file);
  if ('kind' in bytes) {
    return failWithRecordingProblem(bytes);
  }

  const lines = splitRecordingLines(bytes);
  const first = lines.next();
  const header = first.done === true ? undefined : parseRecordingLine(first.value);
  const [name, version] = (decodeText(header?.['format']) ?? '').split('/');
  if (header === undefined || name !== recordingFormatName) {
    return failWithRecordingProblem({kind: 'foreign'});
  }

  const zentopVersion = decodeText(header['zentop']);
  if (!(Number(version) <= recordingFormatVersion)) {
    return failWithRecordingProblem({kind: 'newer', zentopVersion});
  }

  const startedAt = Date.parse(decodeText(header['startedAt']) ?? '');
  const serverUrl = decodeText(header['server']);
  if (Number.isNaN(startedAt) || serverUrl === undefined) {
    return failWithRecordingProblem({kind: 'broken', line: 1});
  }

  const reader = createLineReader(startedAt);
  let lineNumber = 1;
  let brokenLine: number | undefined;
  for (const line of lines) {
    lineNumber += 1;
    if (brokenLine !== undefined) {
      return failWithRecordingProblem({kind: 'broken', line: brokenLine});
    }

    const value = parseRecordingLine(line);
    const isRead = value !== undefined && reader.readLine(value);
    if (reader.countElements() > maxElements) {
      return failWithRecordingProblem({kind: 'too-large'});
    }

    brokenLine = isRead ? undefined : lineNumber;
  }

  const {runId, exchanges, endAt, end} = reader.getContent();
  return runId === undefined || exchanges.length === 0
    ? failWithRecordingProblem({kind: 'empty'})
    : {ok: true, recording: {zentopVersion, serverUrl, runId, exchanges, endAt, end}};
};
