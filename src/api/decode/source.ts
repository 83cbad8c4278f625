import {decodeRecord, decodeWord} from './wire.js';

/** A reference to Python code, as an object `{module, attribute}` or already as an import path. */
export const decodeImportPath = (value: unknown): string | undefined => {
  const known = decodeWord(value);
  if (known !== undefined) {
    return known;
  }

  const module = decodeWord(decodeRecord(value)['module']);
  const attribute = decodeWord(decodeRecord(value)['attribute']);
  return module !== undefined && attribute !== undefined ? `${module}.${attribute}` : (attribute ?? module);
};
