const bytesByUnit: Readonly<Record<string, number>> = {b: 1, kb: 1024, mb: 1024 ** 2, gb: 1024 ** 3};

/** `64MB`, `500 kB`, `1.5gb` in bytes; a bare number is megabytes. Throws a sentence that names the option. */
export const parseSizeBytes = (text: string, option: string): number => {
  const [, amount, unit] = /^\s*(\d+(?:\.\d+)?)\s*([kmg]?b)?\s*$/i.exec(text) ?? [];
  const bytes = Math.floor(Number(amount) * (bytesByUnit[unit?.toLowerCase() ?? 'mb'] ?? Number.NaN));
  if (!(bytes > 0) || !Number.isSafeInteger(bytes)) {
    throw new Error(`Invalid size “${text}” for ${option}. Examples: 64MB, 1GB`);
  }

  return bytes;
};
