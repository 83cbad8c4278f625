/** A setting and where it was found: `flag --server`, `ZENML_STORE_URL`, a file's path, `default`. */
export type Found<T> = {readonly value: T; readonly origin: string};

export const settingOf = <T>(origin: string, value: T): Found<T> => ({value, origin});

/** The setting if there is a value for it. */
export const settingIfAny = <T>(origin: string, value: T | undefined): Found<T> | undefined =>
  value === undefined ? undefined : {value, origin};
