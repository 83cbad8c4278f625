/** The local time zone's offset from UTC at an instant, in milliseconds; includes daylight saving time. */
export const getLocalOffsetMs = (at: number): number => -new Date(at).getTimezoneOffset() * 60_000;
