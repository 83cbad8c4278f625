const maxSpeed = 1000;

/** `4`, `0.5`, `4x` as a number. Throws a sentence that names the option. */
export const parseSpeed = (text: string, option: string): number => {
  const factor = Number(/^\s*[x\u00d7]?(\d+(?:\.\d+)?)[x\u00d7]?\s*$/i.exec(text)?.[1]);
  if (!(factor >= 0.01 && factor <= maxSpeed)) {
    throw new Error(`${option} takes a number from 0.01 to ${maxSpeed}, such as 4, not “${text}”`);
  }

  return factor;
};
