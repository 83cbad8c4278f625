/** Variables of the process, as `process.env` has them. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Whether a variable is set and not empty. */
export const isSet = (value: string | undefined): value is string => value !== undefined && value !== '';
