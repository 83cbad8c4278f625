/**
 * A URL that is safe to pass to a terminal or a browser: only http or https, with control characters and spaces
 * percent-encoded by the parser. `undefined` for anything else.
 */
export const parseWebUrl = (text: string): string | undefined => {
  if (!URL.canParse(text)) {
    return undefined;
  }
  const {protocol, href} = new URL(text);
  return protocol === 'http:' || protocol === 'https:' ? href : undefined;
};
