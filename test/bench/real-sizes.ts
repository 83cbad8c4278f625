import {spawn} from 'node:child_process';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {startCountingProxy} from '../support/counting-proxy.js';
import type {Terminal} from '../support/pty.js';
import {computeQuantile} from '../support/quantile.js';
import {startProgram} from '../zenml/support/child.js';
import {buildSettings, watch} from '../zenml/support/program.js';
import {startZenmlServer} from '../zenml/support/server.js';
import {measureKeyCost, measureLoad} from './measure.js';
import {measureDagMs} from './served.js';
import {type Figures, printSideBySide, type SizeFigures} from './side-by-side.js';

// Like sizes.ts, on a real ZenML server with copies of a small run: npm run bench -- --only real-sizes
const busySeconds = 30;
const quietSeconds = 60;

const script = fileURLToPath(new URL('../zenml/support/clone_steps.py', import.meta.url));
const listedStepPattern = /validate_\d+ /;

const server = await startZenmlServer({version: '0.98.0', auth: 'none'});
const database = join(server.createFolder('stores'), 'default_zen_store', 'zenml.db');

const measureFigures = async (size: number): Promise<Figures> => {
  const {output} = await startProgram(server.python, [script, database, String(size)], {
    cwd: server.createFolder('work'),
    env: {},
  }).done;
  const id = output.trim();
  const serverMs = await measureDagMs(server.url, id);
  const firstLists: number[] = [];
  for (let index = 0; index < 5; index++) {
    const from = performance.now();
    const terminal = watch(server, [id]);
    await terminal.waitFor(listedStepPattern, {timeoutMs: 60_000});
    firstLists.push(performance.now() - from);
    await close(terminal);
  }

  const proxy = await startCountingProxy(server.url);
  const terminal = watch(server, [id], buildSettings(server, {ZENML_STORE_URL: proxy.url}));
  await terminal.waitFor(listedStepPattern, {timeoutMs: 60_000});
  await terminal.settle({quietMs: 500, timeoutMs: 30_000}).catch(() => undefined);
  const countTraffic = (since: number) => {
    const recent = proxy.exchanges.filter(({atMs}) => atMs >= since);
    return {requests: recent.length, kilobytes: recent.reduce((sum, {responseBytes}) => sum + responseBytes, 0) / 1000};
  };

  terminal.type('\x1b[H');
  await terminal.settle({quietMs: 300, timeoutMs: 30_000}).catch(() => undefined);
  const key = await measureKeyCost(terminal, ['j', 'j', 'j', 'k', 'k', 'k']);
  let since = performance.now();
  const quiet = await measureLoad(terminal, quietSeconds);
  const quietWire = countTraffic(since);

  const churn = spawn(server.python, [script, database, id, '--churn', String(busySeconds + 4)], {stdio: 'ignore'});
  since = performance.now();
  const busy = await measureLoad(terminal, busySeconds);
  const busyWire = countTraffic(since);
  await new Promise(resolve => churn.once('exit', resolve));
  await close(terminal);
  await proxy.stop();
  const firstListMs = computeQuantile(firstLists, 0.5);
  return {
    'first list ms': firstListMs,
    '/dag ms': serverMs,
    'first list ÷ /dag': firstListMs / serverMs,
    'key p50 ms': key.p50Ms,
    'key p95 ms': key.p95Ms,
    'busy CPU %': busy.cpuPercent,
    'busy RSS MB': busy.rssMb,
    'busy requests/min': (busyWire.requests * 60) / busySeconds,
    'busy KB/min': (busyWire.kilobytes * 60) / busySeconds,
    'quiet CPU %': quiet.cpuPercent,
    'quiet RSS MB': quiet.rssMb,
    'quiet requests/min': quietWire.requests,
    'quiet KB/min': quietWire.kilobytes,
  };
};

const close = async (terminal: Terminal): Promise<void> => {
  terminal.kill();
  await terminal.exit;
};

try {
  await server.runPipeline('success.py', ['--seconds', '0.2']).done;
  const figuresBySize: SizeFigures[] = [];
  for (const [size, label] of [
    [14, '14'],
    [500, '500'],
    [5000, '5,000'],
  ] as const) {
    figuresBySize.push({size: label, figures: await measureFigures(size)});
  }

  printSideBySide('Copied runs on ZenML 0.98.0 at 120x40', figuresBySize);
} finally {
  await server.stop();
}
