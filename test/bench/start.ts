/**
 * Measures the start-up time, the cost of watching and the time until a key has its effect, and compares them with those of
 * another built checkout, alternating between the two:
 *
 *     npm run bench -- --only start [--against DIR] [--node PATH]… [--server URL --run ID] [--starts 9] [--watch SECONDS]
 */
import {spawnSync} from 'node:child_process';
import {parseArgs} from 'node:util';
import {computeQuantile} from '../support/quantile.js';
import {createZentopProgram, measureKeyCost, measureLoad, readRssMegabytes, round, start} from './measure.js';
import {serve} from './served.js';

const {values} = parseArgs({
  options: {
    only: {type: 'string'},
    against: {type: 'string'},
    node: {type: 'string', multiple: true, default: [process.execPath]},
    server: {type: 'string'},
    run: {type: 'string'},
    starts: {type: 'string', default: '9'},
    watch: {type: 'string', default: '60'},
  },
});
// Node 20 reads the certificates named there at every start, which delays the program.
delete process.env['NODE_EXTRA_CA_CERTS'];
const starts = Number(values.starts);
const checkouts = [...(values.against === undefined ? [] : [values.against]), '.'];
/** Nothing changes, so that every start finds the same run. */
const demo = values.server === undefined ? await serve('training', 0.0001) : undefined;
const url = demo?.url ?? values.server ?? '';
const args = [demo?.runId ?? values.run ?? '', '--server', url];
/** A row of the list: a glyph, a name, a status. */
const listRow = /^ [› ] \S \w+ +(waiting|running|completed|cached|failed)/m;

type Installation = {readonly node: string; readonly checkout: string};

const measureTime = ({node, checkout}: Installation, programArgs: readonly string[]): number => {
  const from = performance.now();
  const {status, stderr, error} = spawnSync(node, [`${checkout}/bin/zentop.js`, ...programArgs], {encoding: 'utf8'});
  if (status !== 0) {
    throw error ?? new Error(`exit code ${status}: ${stderr}`);
  }

  return performance.now() - from;
};

const measureFirstList = async (installation: Installation) => {
  const from = performance.now();
  const terminal = start(createZentopProgram(args, listRow, installation));
  await terminal.waitFor(listRow, {timeoutMs: 60_000});
  const ms = performance.now() - from;
  const rssMb = readRssMegabytes(terminal.pid);
  // Users watch longer than this; the compile cache is written in the meantime.
  await terminal.settle({quietMs: 100, timeoutMs: 2000}).catch(() => undefined);
  terminal.type('q');
  await terminal.exit;
  return {ms, rssMb};
};

const measureWatching = async (installation: Installation, seconds: number) => {
  const terminal = start(createZentopProgram(args, listRow, installation));
  await terminal.waitFor(listRow, {timeoutMs: 60_000});
  await terminal.settle({quietMs: 300, timeoutMs: 5000}).catch(() => undefined);
  const {cpuPercent, rssMb} = await measureLoad(terminal, seconds);
  const key = await measureKeyCost(terminal, ['j', 'j', 'j', 'k', 'k', 'k']);
  terminal.kill();
  await terminal.exit;
  return {
    'CPU %': round(cpuPercent, 2),
    [`RSS MB after ${seconds} s`]: round(rssMb),
    'key p50 ms': round(key.p50Ms),
    'key p95 ms': round(key.p95Ms),
  };
};

const measure = async (node: string) => {
  const figures = checkouts.map(checkout => ({
    installation: {node, checkout},
    version: [] as number[],
    json: [] as number[],
    list: [] as {ms: number; rssMb: number}[],
  }));
  // The first start of each fills the compile cache and is not counted.
  for (let index = 0; index <= starts; index++) {
    for (const {installation, version, json, list} of figures) {
      version.push(measureTime(installation, ['--version']));
      json.push(measureTime(installation, [...args, '--once', '--output', 'json']));
      list.push(await measureFirstList(installation));
    }
  }

  const getMedian = (all: readonly number[]) => computeQuantile(all.slice(1), 0.5);
  const rows = [];
  for (const {installation, version, json, list} of figures) {
    rows.push({
      checkout: installation.checkout,
      '--version ms': round(getMedian(version)),
      '--once json ms': round(getMedian(json)),
      'first list ms': round(getMedian(list.map(({ms}) => ms))),
      'RSS MB at that time': round(getMedian(list.map(({rssMb}) => rssMb))),
      ...(Number(values.watch) > 0 ? await measureWatching(installation, Number(values.watch)) : {}),
    });
  }

  const nodeVersion = spawnSync(node, ['--version'], {encoding: 'utf8'}).stdout.trim();
  console.log(`\nNode ${nodeVersion}, ${starts} starts each, medians`);
  console.table(rows);
  const [otherRow, ownRow] = rows;
  if (otherRow !== undefined && ownRow !== undefined) {
    const getRatio = (name: 'first list ms' | '--version ms' | '--once json ms') =>
      round(ownRow[name] / otherRow[name], 2);
    console.log(
      `relative to the other checkout: --version ${getRatio('--version ms')}, --once ${getRatio('--once json ms')}, first list ${getRatio('first list ms')}`,
    );
  }
};

for (const node of values.node) {
  await measure(node);
}

await demo?.stop();
