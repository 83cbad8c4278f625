import {
  createZentopProgram,
  measureKeyCost,
  measureLoad,
  measureNodeMs,
  measureStartMs,
  round,
  start,
} from './measure.js';
import {measureDagMs, type Served, serve} from './served.js';
import {type Figures, printSideBySide, type SizeFigures} from './side-by-side.js';

// Compares runs of 14, 500 and 5,000 steps at 120x40. The demo server runs in its own process.
const busySeconds = 30;
const quietSeconds = 60;

const createWatchingProgram = (served: Served) =>
  createZentopProgram([served.runId, '--server', served.url], /(?:score|fetch)_\d+ /);

/** Measures the start, and watching a run in which a hundred steps change every ten seconds. */
const measureBusy = async (scenario: string): Promise<Figures> => {
  const served = await serve(scenario);
  const firstListMs = await measureStartMs(createWatchingProgram(served));
  const serverMs = await measureDagMs(served.url, served.runId);
  const terminal = start(createWatchingProgram(served));
  await terminal.waitFor(createWatchingProgram(served).shows, {timeoutMs: 60_000});
  const since = Date.now();
  const cost = await measureLoad(terminal, busySeconds);
  const requests = await served.fetchRequestsSince(since);
  terminal.kill();
  await terminal.exit;
  await served.stop();
  return {
    'first list ms': firstListMs,
    '/dag ms': serverMs,
    'busy CPU %': cost.cpuPercent,
    'busy RSS MB': cost.rssMb,
    'busy requests/min': (requests.length * 60) / busySeconds,
    'busy KB/min': (sumKilobytes(requests) * 60) / busySeconds,
  };
};

/** Measures the cost of keys and of an idle minute while nothing changes. */
const measureQuiet = async (scenario: string): Promise<Figures> => {
  const served = await serve(scenario, 0.0001);
  const terminal = start(createWatchingProgram(served));
  await terminal.waitFor(createWatchingProgram(served).shows, {timeoutMs: 60_000});
  await terminal.settle({quietMs: 300, timeoutMs: 30_000}).catch(() => undefined);
  // Near the top, j and k only move the cursor, and only the page keys scroll the list.
  terminal.type('\x1b[H');
  await terminal.settle({quietMs: 300, timeoutMs: 30_000}).catch(() => undefined);
  const key = await measureKeyCost(terminal, ['j', 'j', 'j', 'k', 'k', 'k']);
  const page = await measureKeyCost(terminal, ['\x06', '\x06', '\x02', '\x02'], 60);
  const since = Date.now();
  const cost = await measureLoad(terminal, quietSeconds);
  const requests = await served.fetchRequestsSince(since);
  terminal.kill();
  await terminal.exit;
  await served.stop();
  return {
    'key p50 ms': key.p50Ms,
    'key p95 ms': key.p95Ms,
    'page p50 ms': page.p50Ms,
    'quiet CPU %': cost.cpuPercent,
    'quiet RSS MB': cost.rssMb,
    'quiet requests/min': requests.length,
    'quiet KB/min': sumKilobytes(requests),
  };
};

const sumKilobytes = (requests: readonly {readonly bytes: number}[]): number =>
  requests.reduce((sum, {bytes}) => sum + bytes, 0) / 1000;

const sizes = [
  {size: '14', busy: 'busy', quiet: 'large:14'},
  {size: '500', busy: 'large:500', quiet: 'large:500'},
  {size: '5,000', busy: 'large:5000', quiet: 'large:5000'},
];

const figures: SizeFigures[] = [];
for (const {size, busy, quiet} of sizes) {
  figures.push({size, figures: {...(await measureBusy(busy)), ...(await measureQuiet(quiet))}});
}

printSideBySide(`14, 500 and 5,000 steps at 120x40; node -e 0 takes ${round(measureNodeMs())} ms`, figures);
