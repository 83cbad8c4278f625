/** Compares texts so that numbers in them are in numeric order: `output_2` before `output_10`. */
export const compareNaturally = (one: string, other: string): number => {
  const [parts, otherParts] = [one.split(digits), other.split(digits)];
  for (const [index, part] of parts.entries()) {
    const otherPart = otherParts[index];
    if (otherPart === undefined) {
      return 1;
    }

    if (part !== otherPart) {
      // With the capturing group of the pattern, numbers have odd indexes.
      const difference = index % 2 === 1 ? Number(part) - Number(otherPart) : 0;
      return difference !== 0 ? difference : part < otherPart ? -1 : 1;
    }
  }

  return parts.length - otherParts.length;
};

const digits = /(\d+)/;
