import {pickBetween} from '../derived-ids.js';
import type {AttemptScript, ExceptionScript, LogLineScript, MetadataScript} from '../script.js';

/** Building blocks for scenarios. For readability the functions take seconds; the constants are in milliseconds. */

export const minutes = 60_000;
export const hours = 60 * minutes;
export const days = 24 * hours;

/** Log lines spread evenly over the given time, the first one a little after its start. */
export const spreadMessages = (seconds: number, messages: readonly string[]): LogLineScript[] =>
  messages.map((message, index) => ({atMs: 300 + (index * (seconds * 1000 - 600)) / messages.length, message}));

type AttemptWork = Pick<AttemptScript, 'logs' | 'metadata' | 'opening'>;

const pickWork = ({logs, metadata, opening}: AttemptWork): AttemptWork => ({
  ...(logs ? {logs} : {}),
  ...(metadata ? {metadata} : {}),
  ...(opening ? {opening} : {}),
});

/** An attempt that succeeds. If it is shorter than the log was written for, the last lines are printed just before its end. */
export const buildSucceededAttempt = (seconds: number, work: AttemptWork = {}): AttemptScript => {
  const durationMs = seconds * 1000;
  const logs = work.logs?.map(line => ({...line, atMs: Math.min(line.atMs, durationMs - 50)}));
  return {durationMs, ...pickWork(logs === undefined ? work : {...work, logs})};
};

/** An attempt that fails. `isLast` is false if a retry follows (default: true). */
export const buildFailedAttempt = (
  seconds: number,
  exception: ExceptionScript,
  work: AttemptWork & {isLast?: boolean} = {},
): AttemptScript => ({
  durationMs: seconds * 1000,
  outcome: (work.isLast ?? true) ? 'failed' : 'retrying',
  exception,
  ...pickWork(work),
});

/** Varies `value` by up to the fraction `spreadBy`, the same way each time for the same key. */
export const vary = (value: number, spreadBy: number, ...key: readonly unknown[]): number =>
  Math.round(value * pickBetween(1 - spreadBy, 1 + spreadBy, ...key) * 1000) / 1000;

/** Metadata that a step logs all at once, at its end. */
export const buildFinalMetadata = (seconds: number, values: Readonly<Record<string, unknown>>): MetadataScript[] => [
  {atMs: seconds * 1000 - 100, values},
];

/** One element of the list, always the same for the same key. */
export const pickOne = <T>(list: readonly [T, ...T[]], ...key: readonly unknown[]): T =>
  list[Math.floor(pickBetween(0, list.length, ...key))] ?? list[0];
