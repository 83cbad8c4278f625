/**
 * Measures how long `zentop runs` takes to print the newest runs, and compares it with ZenML's own client if its Python is given:
 *
 *     npm run bench -- --only runs [--server URL [--python PYTHON]] [--rounds 5]
 *
 * `node test/zenml/serve.js` starts a server and prints both. Credentials come from the environment, as for zentop.
 */
import {spawnSync} from 'node:child_process';
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {parseArgs} from 'node:util';
import {computeQuantile} from '../support/quantile.js';
import {round} from './measure.js';
import {serve} from './served.js';

const {values} = parseArgs({
  options: {
    only: {type: 'string'},
    server: {type: 'string'},
    python: {type: 'string'},
    rounds: {type: 'string', default: '5'},
  },
});
if (values.python !== undefined && values.server === undefined) {
  process.stderr.write('--python needs --server: the versions of ZenML’s client and server must match.\n');
  process.exit(2);
}

const sizes = [20, 300];
/** Nothing changes, so that every round lists the same runs. */
const demo = values.server === undefined ? await serve('runs', 0.0001) : undefined;
const url = demo?.url ?? values.server ?? '';
/** ZenML's client writes its configuration there. */
const folder = mkdtempSync(join(tmpdir(), 'zentop-bench-'));
const env = {...process.env, ZENML_STORE_URL: url, ZENML_CONFIG_PATH: folder, ZENML_ANALYTICS_OPT_IN: 'false'};

const measureMs = (command: string, args: readonly string[]): number => {
  const from = performance.now();
  const {status, stderr, error} = spawnSync(command, args, {encoding: 'utf8', cwd: folder, env});
  if (status !== 0) {
    throw error ?? new Error(`${command} ended with exit code ${status}: ${stderr}`);
  }

  return performance.now() - from;
};

const program = join(process.cwd(), 'bin', 'zentop.js');
const measureZentop = (size: number): number =>
  measureMs(process.execPath, [program, 'runs', '--limit', String(size), '--server', url]);
const measureZenml = (python: string, size: number): number =>
  measureMs(join(dirname(python), 'zenml'), ['pipeline', 'runs', 'list', '--size', String(size)]);

const rows = [];
for (const size of sizes) {
  const zentopMs: number[] = [];
  const zenmlMs: number[] = [];
  // The first round fills caches and is not counted.
  for (let index = 0; index <= Number(values.rounds); index++) {
    zentopMs.push(measureZentop(size));
    if (values.python !== undefined) {
      zenmlMs.push(measureZenml(values.python, size));
    }
  }

  const zentop = computeQuantile(zentopMs.slice(1), 0.5);
  const zenml = computeQuantile(zenmlMs.slice(1), 0.5);
  rows.push({
    runs: size,
    'zentop ms': round(zentop),
    ...(values.python === undefined ? {} : {'ZenML ms': round(zenml), 'ZenML ÷ zentop': round(zenml / zentop)}),
  });
}

console.log(`\nlisting runs, medians; rounds: ${values.rounds}`);
console.table(rows);
rmSync(folder, {recursive: true});
await demo?.stop();
