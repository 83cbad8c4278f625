declare const ZENTOP_VERSION: string;

/** The version of zentop, inserted by the build. */
export const version: string = typeof ZENTOP_VERSION === 'string' ? ZENTOP_VERSION : '0.0.0';
