import type {Options, PositionalOptions} from 'yargs';

/** Placeholders for option values in the manual and in error messages. */
const valueNames: Readonly<Record<string, string>> = {
  server: 'URL',
  'api-key-file': 'FILE',
  record: 'FILE',
  log: 'FILE',
  'record-max': 'SIZE',
  interval: 'SECONDS',
  timeout: 'DURATION',
  'give-up-after': 'DURATION',
  'on-end': 'COMMAND',
  'on-quiet': 'COMMAND',
  speed: 'FACTOR',
  limit: 'NUMBER',
  attempt: 'NUMBER',
  width: 'COLUMNS',
};

/** The option as it is typed; if it is on by default, the form that turns it off. */
export const formatOptionTerm = (name: string, {type, default: defaultValue, alias}: Options): string => {
  if (type === 'boolean') {
    const long = defaultValue === true ? `--no-${name}` : `--${name}`;
    return [...[alias ?? []].flat().map(letter => `-${letter}`), long].join(', ');
  }

  return `--${name} ${valueNames[name] ?? 'NAME'}`;
};

/** The description as sentences, with choices and default value. */
export const formatOptionMeaning = ({
  describe,
  choices,
  type,
  default: defaultValue,
}: Options | PositionalOptions): string => {
  const description = formatSentence((describe ?? '').replace(/^--no-[\w-]+: /, ''));
  const choiceSentence = choices === undefined ? '' : ` One of ${[choices].flat().join(', ')}.`;
  const defaultSentence = defaultValue === undefined || type === 'boolean' ? '' : ` Default: ${String(defaultValue)}.`;
  return `${description}${choiceSentence}${defaultSentence}`;
};

const addPeriod = (text: string): string => (/[.!?…]$/.test(text) ? text : `${text}.`);

/** The text with a capital letter at the beginning and a period at the end. */
export const formatSentence = (text: string): string => addPeriod(text.charAt(0).toUpperCase() + text.slice(1));
