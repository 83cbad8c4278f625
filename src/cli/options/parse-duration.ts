const msByUnit: Readonly<Record<string, number>> = {ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000};

/** The longest delay of a timer in Node. */
const maxDurationMs = 2 ** 31 - 1;

/** `90`, `90s`, `10m`, `2h`, `1.5h` in milliseconds; a bare number is seconds. Throws a sentence that names the option. */
export const parseDurationMs = (text: string, option: string): number => {
  const [, amount, unit] = /^\s*(\d+(?:\.\d+)?)\s*(ms|s|m|h|d)?\s*$/.exec(text) ?? [];
  const ms = Number(amount) * (msByUnit[unit ?? 's'] ?? Number.NaN);
  if (!(ms > 0) || ms > maxDurationMs) {
    throw new Error(`Invalid duration “${text}” for ${option}. Use seconds or a unit, e.g. 2, 90s, 10m, 2h`);
  }

  return ms;
};
