/** Returns the text in the form in which names are compared: lower case, and `é` as one character however it was encoded. */
export const foldCase = (text: string): string => text.normalize('NFC').toLowerCase();
