import type {Options, PositionalOptions} from 'yargs';

/** What stands for the value of an option, where it is not one of a few words. */
const valueNames: Readonly<Record<string, string>> = {
  server: 'URL',
  'api-key-file': 'FILE',
  record: 'FILE',
  'record-max': 'SIZE',
  interval: 'SECONDS',
  timeout: 'DURATION',
  'give-up-after': 'DURATION',
  'on-end': 'COMMAND',
  speed: 'FACTOR',
  limit: 'NUMBER',
  attempt: 'NUMBER',
};

/** The option as it is typed; of one that is on unless told, what turns it off. */
export const formatOptionTerm = (name: string, {type, default: byDefault, alias}: Options): string => {
  if (type === 'boolean') {
    const long = byDefault === true ? `--no-${name}` : `--${name}`;
    return [...[alias ?? []].flat().map(letter => `-${letter}`), long].join(', ');
  }

  return `--${name} ${valueNames[name] ?? 'NAME'}`;
};

/** What it means as a sentence, with what it takes and what it is unless given. */
export const formatOptionMeaning = ({
  describe,
  choices,
  type,
  default: byDefault,
}: Options | PositionalOptions): string => {
  const told = addFullStop(describe ?? '');
  const among = choices === undefined ? '' : ` One of ${[choices].flat().join(', ')}.`;
  const unless = byDefault === undefined || type === 'boolean' ? '' : ` Unless given: ${String(byDefault)}.`;
  return `${told}${among}${unless}`;
};

const addFullStop = (text: string): string => (/[.!?…]$/.test(text) ? text : `${text}.`);

export const formatSentence = (text: string): string => addFullStop(text.charAt(0).toUpperCase() + text.slice(1));
