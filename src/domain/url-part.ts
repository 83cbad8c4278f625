/** A text as one part of an address. `encodeURIComponent` alone throws on half a surrogate pair, which anybody may send. */
export const encodeUrlPart = (text: string): string =>
  encodeURIComponent(text.replaceAll(/\p{Surrogate}/gu, '\u{FFFD}'));
