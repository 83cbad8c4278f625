/** A text as one part of an address. `encodeURIComponent` alone throws on half a surrogate pair, which anybody may send. */
export const urlPart = (text: string): string => encodeURIComponent(text.replaceAll(/\p{Surrogate}/gu, '\u{FFFD}'));
