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
export const formatOptionTerm = (name: string, {type, default: byDefault, alias}: Options): string => {
  if (type === 'boolean') {
    const long = byDefault === true ? `--no-${name}` : `--${name}`;
    return [...[alias ?? []].flat().map(letter => `-${letter}`), long].join(', ');
  }

  return `--${name} ${valueNames[name] ?? 'NAME'}`;
};

/** The description as sentences, with choices and default. */
export const formatOptionMeaning = ({
  describe,
  choices,
  type,
  default: byDefault,
}: Options | PositionalOptions): string => {
  const description = formatSentence((describe ?? '').replace(/^--no-[\w-]+: /, ''));
  const choiceSentence = choices === undefined ? '' : ` One of ${[choices].flat().join(', ')}.`;
  const defaultSentence = byDefault === undefined || type === 'boolean' ? '' : ` Default: ${String(byDefault)}.`;
  return `${description}${choiceSentence}${defaultSentence}`;
};

const addFullStop = (text: string): string => (/[.!?…]$/.test(text) ? text : `${text}.`);

export const formatSentence = (text: string): string => addFullStop(text.charAt(0).toUpperCase() + text.slice(1));
