import type {World} from '../../connection/world.js';
import {commandTable} from '../command/command-table.js';
import {printLines} from '../print.js';
import {candidatesFor} from './candidates.js';
import {serverWords} from './server-words.js';

/** Who presses tab waits; with what starting takes it is less than a second, in milliseconds. */
const patienceMs = 700;

/** Prints what the last of the words may become, for the scripts of `zentop completion`. Says nothing of what goes wrong. */
export const printCompletion = async (world: World, words: readonly string[]): Promise<number> => {
  const signal = AbortSignal.timeout(patienceMs);
  const tooLate = new Promise<readonly []>(resolve => signal.addEventListener('abort', () => resolve([])));
  const candidates = await Promise.race([
    tooLate,
    candidatesFor(words, commandTable, values => serverWords(world, values, signal)).catch(() => [] as const),
  ]);
  printLines(
    candidates === 'files'
      ? [':files']
      : candidates.map(({word, meaning}) => (meaning === undefined ? word : `${word}\t${meaning}`)),
  );
  return 0;
};
