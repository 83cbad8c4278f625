import type {World} from '../../connection/world.js';
import {commandTable} from '../command/command-table.js';
import {printLines} from '../print.js';
import {bashReplacement, readBashLine} from './bash-line.js';
import {type Candidates, candidatesFor} from './candidates.js';
import {serverWords} from './server-words.js';

/** Who presses tab waits; with what starting takes it is less than a second, in milliseconds. */
const patienceMs = 600;

/**
 * Prints what a word may become, for the scripts of `zentop completion`: of `--bash LINE WORDBREAKS` the last word, quoted as it
 * is to be put into that line; else of the arguments behind `--` the last one. Says nothing of what goes wrong.
 */
export const printCompletion = async (world: World, args: readonly string[]): Promise<number> => {
  const [form, ...rest] = args;
  if (form !== '--bash') {
    const candidates = await candidatesOf(world, rest);
    printLines(
      candidates === 'files'
        ? [':files']
        : candidates.map(({word, meaning}) => (meaning === undefined ? word : `${word}\t${meaning}`)),
    );
    return 0;
  }

  const [text = '', wordBreaks = ''] = rest;
  const line = readBashLine(text, wordBreaks);
  const candidates = line.isRedirection ? 'files' : await candidatesOf(world, line.words.slice(1));
  printLines(candidates === 'files' ? [':files'] : candidates.map(({word}) => bashReplacement(word, line)));
  return 0;
};

const candidatesOf = (world: World, words: readonly string[]): Promise<Candidates> => {
  const signal = AbortSignal.timeout(patienceMs);
  return candidatesFor(words, commandTable, values => serverWords(world, values, signal));
};
