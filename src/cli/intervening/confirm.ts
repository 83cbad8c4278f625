import {createInterface} from 'node:readline/promises';
import type {Intervention} from '../../domain/intervention/intervention.js';
import {formatInterventionCommand} from '../../domain/intervention/zenml-command.js';
import {adaptPunctuation, printNote, printProblem} from '../printing/print.js';

/**
 * The exit code of `zentop stop` and `zentop answer` if there is nothing to stop or to answer, the user declines or the server
 * refuses.
 */
export const refusedCode = 1;

/**
 * Asks on standard error whether to go ahead, unless `isConfirmed`. Returns `undefined` to go ahead, and an exit code after any
 * answer but `y` or `yes`, or if there is no terminal to ask in.
 */
export const confirm = async (
  question: string,
  intervention: Intervention,
  isConfirmed: boolean,
): Promise<number | undefined> => {
  if (isConfirmed) {
    return undefined;
  }

  if (!process.stdin.isTTY) {
    printProblem({
      message: 'Nothing was done: standard input is not a terminal, so zentop cannot ask.',
      hint: 'Confirm with --yes.',
    });
    return 2;
  }

  printNote(`Same as \`${formatInterventionCommand(intervention)}\``);
  const prompt = createInterface({input: process.stdin, output: process.stderr});
  const closed = new Promise<string>(resolve => prompt.once('close', () => resolve('')));
  const answer = await Promise.race([prompt.question(adaptPunctuation(`${question} [y/N] `)), closed]);
  prompt.close();
  return /^y(?:es)?$/i.test(answer.trim()) ? undefined : refusedCode;
};
