/** The server's own words as the end of a sentence. */
export const formatDetailEnding = (detail: string): string => {
  const plain = detail.trim().replace(/\.+$/, '');
  return plain === '' ? '.' : `: ${plain}.`;
};
