import type {World} from '../../connection/world.js';
import {commandTable} from '../commands/command-table.js';
import {printLines} from '../printing/print.js';
import {parseBashLine, quoteForBash} from './bash-line.js';
import {type Completions, findLineCompletions} from './completions.js';
import {createServerCompletions} from './server-completions.js';

/** Who presses tab waits; with what starting takes it is less than a second, in milliseconds. */
const serverTimeoutMs = 600;

/**
 * Prints what a word may become, for the scripts of `zentop completion`: of `--bash LINE WORDBREAKS` the last word, quoted as it
 * is to be put into that line; else of the arguments behind `--` the last one. Says nothing of what goes wrong.
 */
export const printCompletion = async (world: World, args: readonly string[]): Promise<number> => {
  const [form, ...rest] = args;
  if (form !== '--bash') {
    const candidates = await completeWords(world, rest);
    printLines(
      candidates === 'files'
        ? [':files']
        : candidates.map(({word, meaning}) => (meaning === undefined ? word : `${word}\t${meaning}`)),
    );
    return 0;
  }

  const [text = '', wordBreaks = ''] = rest;
  const line = parseBashLine(text, wordBreaks);
  const candidates = line.isRedirection ? 'files' : await completeWords(world, line.words.slice(1));
  printLines(candidates === 'files' ? [':files'] : candidates.map(({word}) => quoteForBash(word, line)));
  return 0;
};

const completeWords = (world: World, words: readonly string[]): Promise<Completions> => {
  const signal = AbortSignal.timeout(serverTimeoutMs);
  return findLineCompletions(words, commandTable, values => createServerCompletions(world, values, signal));
};
