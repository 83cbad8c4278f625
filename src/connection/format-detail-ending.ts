/** A detail as the end of a sentence, after a colon; only the period if there is none. */
export const formatDetailEnding = (detail: string): string => {
  const plain = detail.trim().replace(/\.+$/, '');
  return plain === '' ? '.' : `: ${plain}.`;
};
