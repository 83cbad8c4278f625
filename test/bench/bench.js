import {parseArgs} from 'node:util';
import {runScript} from '../support/run-script.js';

// npm run bench [-- --only watching]: each part prints figures measured on this machine; none of them passes or fails.
// Slow parts, and those with special needs, only run when named: real-sizes, long, start.
const {values} = parseArgs({options: {only: {type: 'string'}}, strict: false});
const parts = ['watching', 'sizes', 'logs'];
for (const part of values.only === undefined ? parts : [values.only]) {
  await runScript(new URL(`${part}.ts`, import.meta.url));
}
