import {parseArgs} from 'node:util';
import {runScript} from '../support/run-script.js';

// npm run bench [-- --only watching]: each part prints figures measured on this machine; none of them passes or fails.
const defaultParts = ['watching', 'sizes', 'logs'];
/** They are slow or have special needs, so they run only when named. */
const furtherParts = ['start', 'runs', 'graph', 'long', 'real-sizes'];

const {values} = parseArgs({options: {only: {type: 'string'}}, strict: false});
const parts = values.only === undefined ? defaultParts : [values.only];
const unknownPart = parts.find(part => !defaultParts.includes(part) && !furtherParts.includes(part));
if (unknownPart !== undefined) {
  process.stderr.write(
    `Unknown part “${unknownPart}”. Choose from: ${[...defaultParts, ...furtherParts].join(', ')}.\n`,
  );
  process.exit(2);
}

for (const part of parts) {
  await runScript(new URL(`${part}.ts`, import.meta.url));
}
