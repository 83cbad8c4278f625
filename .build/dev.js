// npm run dev [-- ARGUMENT…]: runs the program (`demo` unless arguments are given), and builds and restarts it on every change.
import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {watch} from 'rolldown';
import {programOptions} from './options.js';
import {printBuildError} from './print-build-error.js';

const program = process.argv.length > 2 ? process.argv.slice(2) : ['demo'];
let runningChild;

const stop = async () => {
  const child = runningChild;
  runningChild = undefined;
  if (child !== undefined && child.exitCode === null) {
    child.kill();
    await once(child, 'exit');
  }
};

const start = () => {
  const child = spawn(process.execPath, ['bin/zentop.js', ...program], {stdio: 'inherit'});
  runningChild = child;
  // The user has quit the program, so this script ends too.
  child.on('exit', code => runningChild === child && process.exit(code ?? 1));
};

const handleEvent = async event => {
  if (event.code !== 'BUNDLE_END' && event.code !== 'ERROR') {
    return;
  }

  await event.result.close();
  await stop();
  if (event.code === 'BUNDLE_END') {
    start();
    return;
  }

  // Printed only now: the program erases what is printed while its screen is open.
  printBuildError(event.error);
  process.stderr.write('Waiting for a change that fixes this. Press Ctrl-C to quit.\n');
};

// While the program is running, it handles Ctrl-C itself: it has the same terminal.
process.on('SIGINT', () => runningChild === undefined && process.exit(130));
watch(programOptions).on('event', handleEvent);
