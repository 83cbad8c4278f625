/** Encodes a text as one component of a URL. Lone surrogates, on which `encodeURIComponent` throws, are replaced. */
export const encodeUrlPart = (text: string): string =>
  encodeURIComponent(text.replaceAll(/\p{Surrogate}/gu, '\u{FFFD}'));
