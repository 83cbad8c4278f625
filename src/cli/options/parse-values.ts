const msByUnit: Readonly<Record<string, number>> = {ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000};

/** The limits of a duration, and how they are described. */
type DurationRange = {readonly minMs: number; readonly maxMs: number; readonly words: string};

const anyDuration: DurationRange = {minMs: 1, maxMs: 3650 * 86_400_000, words: 'more than 0 and at most 3650d'};

/** `90`, `90s`, `10m`, `2h`, `1.5h` in milliseconds; a bare number is seconds. Throws a user-facing error that names the option. */
export const parseDurationMs = (
  text: string,
  option: string,
  {minMs, maxMs, words}: DurationRange = anyDuration,
): number => {
  const [, amount, unit] = /^\s*(\d+(?:\.\d+)?)\s*(ms|s|m|h|d)?\s*$/.exec(text) ?? [];
  const ms = Number(amount) * (msByUnit[unit ?? 's'] ?? Number.NaN);
  if (Number.isNaN(ms)) {
    throw new Error(`Invalid duration “${text}” for ${option}. Use seconds or a unit, e.g. 2, 90s, 10m, 2h`);
  }

  if (ms < minMs || ms > maxMs) {
    throw new Error(`Invalid duration “${text}” for ${option}: expected ${words}`);
  }

  return ms;
};

const bytesByUnit: Readonly<Record<string, number>> = {b: 1, kb: 1024, mb: 1024 ** 2, gb: 1024 ** 3};

/** `64MB`, `500 kB`, `1.5gb` in bytes; a bare number is megabytes. Throws a user-facing error that names the option. */
export const parseSizeBytes = (text: string, option: string): number => {
  const [, amount, unit] = /^\s*(\d+(?:\.\d+)?)\s*([kmg]?b)?\s*$/i.exec(text) ?? [];
  const bytes = Math.floor(Number(amount) * (bytesByUnit[unit?.toLowerCase() ?? 'mb'] ?? Number.NaN));
  if (!(bytes > 0) || !Number.isSafeInteger(bytes)) {
    throw new Error(`Invalid size “${text}” for ${option}. Examples: 64MB, 1GB`);
  }

  return bytes;
};

const maxSpeed = 1000;

/** `4`, `0.5`, `4x` as a number. Throws a user-facing error that names the option. */
export const parseSpeed = (text: string, option: string): number => {
  const factor = Number(/^\s*[x\u00d7]?(\d+(?:\.\d+)?)[x\u00d7]?\s*$/i.exec(text)?.[1]);
  if (!(factor >= 0.01 && factor <= maxSpeed)) {
    throw new Error(`Invalid value “${text}” for ${option}: expected a number between 0.01 and ${maxSpeed}`);
  }

  return factor;
};
