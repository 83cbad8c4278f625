/** A value as it came in a JSON answer whose shape is the user's, not the server's. */
export type Json = string | number | boolean | null | readonly Json[] | {readonly [key: string]: Json};

export type JsonRecord = {readonly [key: string]: Json};
