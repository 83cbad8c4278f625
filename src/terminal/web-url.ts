/**
 * A URL in the form that is safe to hand to a terminal or a browser: http or https alone, every control character and
 * blank percent-encoded by the parser. `undefined` for anything else.
 */
export const parseWebUrl = (text: string): string | undefined => {
  if (!URL.canParse(text)) {
    return undefined;
  }
  const {protocol, href} = new URL(text);
  return protocol === 'http:' || protocol === 'https:' ? href : undefined;
};
