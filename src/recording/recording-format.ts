/**
 * A recording is a text file with one JSON object per line: first the header, then whatever is new. Requests, bodies and the
 * elements of lists in bodies are written once and referred to by number after that, so that a poll without changes adds one
 * short line.
 *
 *     {"format": "zentop-recording/1", "zentop": "0.1.0", "server": "https://…", "startedAt": "2026-11-24T09:00:00.000Z"}
 *     {"run": "<ID>"}                                                            the run being watched
 *     {"request": 0, "method": "GET", "path": "runs/<ID>", "query": [["hydrate", "true"]]}
 *     {"part": 0, "json": {…}}                                                   an element of a list
 *     {"body": 0, "json": {"index": 1, "items": []}, "lists": {"items": [[0, 1]]}}   its lists as ranges: [first, count]
 *     {"body": 1, "text": "…"}                                                   a body that is not JSON
 *     {"at": 12, "took": 31, "asks": 0, "status": 200, "body": 0, "date": 0}     a response
 *     {"at": 4012, "took": 9, "asks": 0, "failure": {"kind": "unreachable", …}}  no response
 *     {"at": 9000, "end": "closed"}                                              last line, unless zentop was killed
 *
 * Numbers count from 0. Times are milliseconds since `startedAt` by the local clock; `date` is by the server's. A response also has
 * its content type (`type`) if that is not JSON, and a few other `headers`. If a body is itself a list, the name of that list is
 * "". Programs that read recordings must ignore lines and fields they do not know.
 */

/** The maximum size of a recording, uncompressed, for writing and reading: a replay keeps all of it in memory. */
export const maxRecordingBytes = 512 * 1024 * 1024;

export const recordingFormatName = 'zentop-recording';
export const recordingFormatVersion = 1;

/** The content type of a line without a `type`. */
export const defaultContentType = 'application/json';

/** The name of a list that is itself the body. */
export const wholeBody = '';

/** Consecutive parts: the number of the first one, and how many. */
export type RecordedRange = readonly [first: number, count: number];

/** Why a recording ended: zentop was closed, or the file was full. */
export type RecordingEnd = 'closed' | 'full';
