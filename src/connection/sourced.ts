/** A setting and where it was found: `flag --server`, `ZENML_STORE_URL`, a file's path, `default`. */
export type Sourced<T> = {readonly value: T; readonly origin: string};

export const createSourced = <T>(origin: string, value: T): Sourced<T> => ({value, origin});

/** The setting if there is a value for it. */
export const createSourcedIfSet = <T>(origin: string, value: T | undefined): Sourced<T> | undefined =>
  value === undefined ? undefined : {value, origin};
