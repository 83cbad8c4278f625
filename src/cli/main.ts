import {closeLostTerminalsOnExit} from '../terminal/close-lost-terminals.js';
import {crash} from './crash.js';
import {printProblem} from './printing/print.js';
import {getOutputFailure} from './printing/standard-output.js';
import {run} from './run.js';

process.on('uncaughtException', crash);
closeLostTerminalsOnExit();

run(process.argv.slice(2)).then(code => {
  process.exitCode = code;
  // Kept-alive sockets and the like would hold the process for seconds after its work is done. An error of the last
  // lines is known a moment after they are written.
  process.stdout.write('', () => setImmediate(exitProcess));
}, crash);

/** Nobody reads on, as behind `| head`: that is no failure. That what was printed is lost is one. */
const exitProcess = (): void => {
  const failure = getOutputFailure();
  if (failure !== undefined && failure.code !== 'EPIPE') {
    printProblem({
      message: `The output cannot be written: ${failure.message}.`,
      hint: 'Is the disk full, or was the terminal closed?',
      exitCode: 4,
      candidates: [],
    });
    process.exitCode ||= 4;
  }

  process.exit();
};
