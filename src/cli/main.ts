import {closeLostTerminalsOnExit} from '../terminal/close-lost-terminals.js';
import {crash} from './crash.js';
import {printProblem} from './printing/print.js';
import {getOutputFailure} from './printing/standard-output.js';
import {run} from './run.js';

process.on('uncaughtException', crash);
closeLostTerminalsOnExit();

run(process.argv.slice(2)).then(code => {
  process.exitCode = code;
  // Kept-alive sockets would delay the exit for seconds. An error in writing the last lines is known only a moment
  // later.
  process.stdout.write('', () => setImmediate(exitProcess));
}, crash);

/** A closed pipe, as with `| head`, is not a failure; other lost output is. */
const exitProcess = (): void => {
  const failure = getOutputFailure();
  if (failure !== undefined && failure.code !== 'EPIPE') {
    printProblem({
      message: `Cannot write output: ${failure.message}.`,
      hint: 'Check that the disk is not full and that the terminal is still open.',
    });
    process.exitCode ||= 4;
  }

  process.exit();
};
