import type {World} from '../../connection/world.js';
import {commandTable} from '../commands/command-table.js';
import {printLines} from '../printing/print.js';
import {parseBashLine, quoteForBash} from './bash-line.js';
import {type Completions, findLineCompletions} from './completions.js';
import {createServerCompletions} from './server-completions.js';

/** How long the server may take, in milliseconds: with the start of the program, the user waits for less than a second. */
const serverTimeoutMs = 600;

/**
 * Prints completions for the scripts of `zentop completion`: with `--bash LINE WORDBREAKS` for the last word of that line,
 * quoted for Bash; otherwise for the last argument after `--`. Reports no errors, and always returns exit code 0.
 */
export const printCompletion = async (world: World, args: readonly string[]): Promise<number> => {
  const [form, ...formArguments] = args;
  if (form !== '--bash') {
    const candidates = await completeWords(world, formArguments);
    printLines(
      candidates === 'files'
        ? [':files']
        : candidates.map(({word, meaning}) => (meaning === undefined ? word : `${word}\t${meaning}`)),
    );
    return 0;
  }

  const [text = '', wordBreaks = ''] = formArguments;
  const line = parseBashLine(text, wordBreaks);
  const candidates = line.isRedirection ? 'files' : await completeWords(world, line.words.slice(1));
  printLines(candidates === 'files' ? [':files'] : candidates.map(({word}) => quoteForBash(word, line)));
  return 0;
};

const completeWords = (world: World, words: readonly string[]): Promise<Completions> => {
  const signal = AbortSignal.timeout(serverTimeoutMs);
  return findLineCompletions(words, commandTable, values => createServerCompletions(world, values, signal));
};
