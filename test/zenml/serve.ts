/**
 * Starts a real ZenML server for trying zentop by hand, runs pipelines on it, and stops it on Ctrl-C:
 *
 *     node test/zenml/serve.js [--version 0.98.0] [--auth password] [--truth] [--once] "success.py --seconds 3" "failure.py"
 */
import {parseArgs} from 'node:util';
import {startZenmlServer} from './support/server.js';

const {values, positionals} = parseArgs({
  allowPositionals: true,
  options: {
    version: {type: 'string', default: '0.98.0'},
    auth: {type: 'string', default: 'none'},
    /** Prints what ZenML's client says about each run. */
    truth: {type: 'boolean', default: false},
    /** Stops the server when the pipelines have ended. */
    once: {type: 'boolean', default: false},
  },
});

const server = await startZenmlServer({
  version: values.version,
  auth: values.auth === 'password' ? 'password' : 'none',
});
process.on('SIGINT', () => server.stop().then(() => process.exit(0)));
process.on('SIGTERM', () => server.stop().then(() => process.exit(0)));

for (const [name, value] of Object.entries(server.clientEnv)) {
  console.log(`export ${name}=${value}`);
}
console.log(`python=${server.python}`);
for (const line of positionals) {
  const [file, ...args] = line.split(' ');
  const startedAt = performance.now();
  const {code, output, errors} = await server.runPipeline(file ?? '', args).done;
  console.log(`\n${line} ended with ${code} after ${Math.round(performance.now() - startedAt)} ms\n${output}${errors}`);
  if (values.truth) {
    console.log(JSON.stringify(await server.readTruth('latest'), null, 1));
  }
}
if (values.once) {
  await server.stop();
}
