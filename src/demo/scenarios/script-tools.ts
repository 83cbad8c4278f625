import {between} from '../ids.js';
import type {AttemptScript, ExceptionScript, LogLine, MetadataScript} from '../script.js';

/** Small words for writing scenarios. Spans are seconds here, for the eye. */

export const minutes = 60_000;
export const hours = 60 * minutes;
export const days = 24 * hours;

/** Lines spread evenly over a span, the first a little after its start. */
export const spread = (seconds: number, messages: readonly string[]): LogLine[] =>
  messages.map((message, index) => ({atMs: 300 + (index * (seconds * 1000 - 600)) / messages.length, message}));

type Work = Pick<AttemptScript, 'logs' | 'metadata' | 'opening'>;

const rest = ({logs, metadata, opening}: Work): Work => ({
  ...(logs ? {logs} : {}),
  ...(metadata ? {metadata} : {}),
  ...(opening ? {opening} : {}),
});

/** An attempt that ends well. */
export const succeeds = (seconds: number, work: Work = {}): AttemptScript => ({
  durationMs: seconds * 1000,
  ...rest(work),
});

/** An attempt that fails; `isLast` tells that no other follows it. */
export const fails = (
  seconds: number,
  exception: ExceptionScript,
  work: Work & {isLast?: boolean} = {},
): AttemptScript => ({
  durationMs: seconds * 1000,
  outcome: (work.isLast ?? true) ? 'failed' : 'retrying',
  exception,
  ...rest(work),
});

/** Around `value`, up to `spreadBy` of it more or less, the same each time. */
export const about = (value: number, spreadBy: number, ...key: readonly unknown[]): number =>
  Math.round(value * between(1 - spreadBy, 1 + spreadBy, ...key) * 1000) / 1000;

/** The parameters and the results that a step tells about itself, all at its end. */
export const logged = (seconds: number, values: Readonly<Record<string, unknown>>): MetadataScript[] => [
  {atMs: seconds * 1000 - 100, values},
];

/** One of a list, the same each time. */
export const oneOf = <T>(list: readonly [T, ...T[]], ...key: readonly unknown[]): T =>
  list[Math.floor(between(0, list.length, ...key))] ?? list[0];
