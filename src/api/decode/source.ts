import {record, word} from './wire.js';

/** A reference to Python code, as an object `{module, attribute}` or already as an import path. */
export const importPath = (value: unknown): string | undefined => {
  const known = word(value);
  if (known !== undefined) {
    return known;
  }

  const module = word(record(value)['module']);
  const attribute = word(record(value)['attribute']);
  return module !== undefined && attribute !== undefined ? `${module}.${attribute}` : (attribute ?? module);
};
