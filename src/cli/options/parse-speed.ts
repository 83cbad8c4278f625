const maxSpeed = 1000;

/** `4`, `0.5`, `4x` as a number. Throws a sentence that names the option. */
export const parseSpeed = (text: string, option: string): number => {
  const factor = Number(/^\s*[x\u00d7]?(\d+(?:\.\d+)?)[x\u00d7]?\s*$/i.exec(text)?.[1]);
  if (!(factor >= 0.01 && factor <= maxSpeed)) {
    throw new Error(`Invalid value “${text}” for ${option}: expected a number between 0.01 and ${maxSpeed}`);
  }

  return factor;
};
