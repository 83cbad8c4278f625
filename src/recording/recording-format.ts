/**
 * A recording is a text of lines, each a JSON object: first the header, then whatever is new. What repeats is written
 * once and meant by its number from then on: requests, bodies, and the elements of the lists in bodies, so that a poll
 * that brought nothing costs one short line.
 *
 *     {"format": "zentop-recording/1", "zentop": "0.1.0", "server": "https://…", "startedAt": "2026-11-24T09:00:00.000Z"}
 *     {"run": "<id>"}                                                            the run that is watched
 *     {"request": 0, "method": "GET", "path": "runs/<id>", "query": [["hydrate", "true"]]}
 *     {"part": 0, "json": {…}}                                                   an element of a list
 *     {"body": 0, "json": {"index": 1, "items": []}, "lists": {"items": [[0, 1]]}}   its lists as ranges: [first, count]
 *     {"body": 1, "text": "…"}                                                   what was no JSON
 *     {"at": 12, "took": 31, "asks": 0, "status": 200, "body": 0, "date": 0}     an answer
 *     {"at": 4012, "took": 9, "asks": 0, "failure": {"kind": "unreachable", …}}  none
 *     {"at": 9000, "end": "closed"}                                              last line, unless the program broke
 *
 * Numbers count up from 0. Times are milliseconds after `startedAt`, by the clock of the program; `date` is the server's.
 * A body that is a list itself has it under the name "". Readers ignore lines and fields they do not know.
 */
export const recordingFormatName = 'zentop-recording';
export const recordingFormatVersion = 1;

/** What a line without a `type` has as its content type. */
export const defaultContentType = 'application/json';

/** The name of a list that is the whole body. */
export const wholeBody = '';

/** Parts by number: the first and how many from there. */
export type RecordedRange = readonly [first: number, count: number];

/** How a recording came to its end: the program was left, or the file was full. */
export type RecordingEnd = 'closed' | 'full';
