import {crash} from './crash.js';
import {run} from './run.js';

process.on('uncaughtException', crash);

run(process.argv.slice(2)).then(code => {
  process.exitCode = code;
  // Kept-alive sockets and the like would hold the process for seconds after its work is done.
  process.stdout.write('', () => process.exit());
}, crash);
