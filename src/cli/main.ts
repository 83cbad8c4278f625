import {run} from './run.js';

run(process.argv.slice(2)).then(
  code => {
    process.exitCode = code;
    // Kept-alive sockets and the like would hold the process for seconds after its work is done.
    process.stdout.write('', () => process.exit());
  },
  (error: unknown) => {
    const report = error instanceof Error ? (error.stack ?? error.message) : String(error);
    process.stderr.write(
      `zentop broke, and that is a defect of zentop, not of your run. Please report it with these lines:\n${report}\n`,
    );
    process.exit(70);
  },
);
