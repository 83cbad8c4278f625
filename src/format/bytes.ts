const units = ['B', 'KB', 'MB', 'GB', 'TB', 'PB'] as const;

/** A size in at most seven cells, in units that are multiples of 1,024: `512 B`, `1.5 KB`, `640 MB`. */
export const formatBytes = (bytes: number): string => {
  let size = Math.max(0, bytes);
  let unit = 0;
  // From 999.5 on, rounding would give a fourth digit.
  while (size >= 999.5 && unit < units.length - 1) {
    size /= 1024;
    unit += 1;
  }

  const digits = unit > 0 && size < 9.95 ? size.toFixed(1).replace(/\.0$/, '') : String(Math.round(size));
  return `${digits} ${units[unit] ?? ''}`;
};
