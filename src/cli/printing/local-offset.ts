/** How far this machine's clock is ahead of UTC at that instant, in milliseconds; summer time included. */
export const getLocalOffsetMs = (at: number): number => -new Date(at).getTimezoneOffset() * 60_000;
