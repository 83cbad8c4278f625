/** Separates the kind and the values of an error in the texts below; no argument can contain it. */
export const separator = '\0';

const createForms = (text: string) => ({one: text, other: text});

/** Texts of yargs: its headings in the style of zentop's, and its errors as data for `explainMisuse`. */
export const parserStrings = {
  'Positionals:': 'Arguments:',
  'Show help': 'show help',
  'Show version number': 'show version',
  'Not enough arguments following: %s': `${separator}no-value${separator}%s`,
  'Not enough non-option arguments: got %s, need at least %s': createForms(
    `${separator}missing${separator}%s${separator}%s`,
  ),
  'Unknown argument: %s': createForms(`${separator}unknown${separator}%s`),
  'Invalid values:': '',
  'Argument: %s, Given: %s, Choices: %s': `${separator}choice${separator}%s${separator}%s${separator}%s`,
};
