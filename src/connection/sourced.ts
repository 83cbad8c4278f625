/** A setting and where it was found: `--server`, `ZENML_STORE_URL`, a file's path, `default`. */
export type Sourced<T> = {readonly value: T; readonly origin: string};

export const createSourced = <T>(origin: string, value: T): Sourced<T> => ({value, origin});

/** The setting, if it has a value. */
export const createSourcedIfSet = <T>(origin: string, value: T | undefined): Sourced<T> | undefined =>
  value === undefined ? undefined : {value, origin};
