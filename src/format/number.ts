/** A whole number with thousands separators: `1,200`. */
export const formatCount = (count: number): string => String(Math.round(count)).replace(/\B(?=(\d{3})+$)/g, ',');

const units = ['', 'K', 'M', 'G', 'T'] as const;

/** A count in at most four cells, five if negative: `850`, `1.2M`, `12K`. */
export const formatShortCount = (count: number): string => {
  let size = Math.abs(count);
  let unit = 0;
  while (size >= 999.5 && unit < units.length - 1) {
    size /= 1000;
    unit += 1;
  }

  const digits = unit > 0 && size < 9.95 ? size.toFixed(1).replace(/\.0$/, '') : String(Math.round(size));
  return `${count < 0 ? '-' : ''}${digits}${units[unit] ?? ''}`;
};
