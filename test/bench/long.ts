import {readdirSync} from 'node:fs';
import {setTimeout as sleep} from 'node:timers/promises';
import {type Fault, startFaultProxy} from '../support/fault-proxy.js';
import {getKeyBytes} from '../support/key-bytes.js';
import {createZentopProgram, measureLoad, round, start} from './measure.js';
import {serve} from './served.js';

// Runs the built program in a pseudo-terminal for several minutes under the load of hours of use: fast polling, network faults,
// keys, tabs, a growing log, resizing. Prints memory, open files and CPU use for each minute: npm run bench -- --only long

/** How long it runs. Set LONG_MINUTES=60 for an hour. */
const minutes = Number(process.env['LONG_MINUTES'] ?? 5);

const faults: readonly (Fault | undefined)[] = [
  undefined,
  {kind: 'reset'},
  undefined,
  {kind: 'response', status: 502, body: '<html>Bad Gateway</html>', headers: {'content-type': 'text/html'}},
  undefined,
  {kind: 'mangle'},
];

/** Keys that visit the list, all tabs, the full-screen details and the help. */
const tour = 'down down 2 3 4 5 6 7 enter end pgup home esc up ? end esc up h h s s 1'.split(' ').map(getKeyBytes);
const sizes = [
  {cols: 120, rows: 40},
  {cols: 80, rows: 24},
  {cols: 200, rows: 50},
];

const pauseMs = 250;

// So slow that the run does not end in this time.
const served = await serve('training', 90 / (minutes * 60 + 60));
const proxy = await startFaultProxy(served.url);
const terminal = start(createZentopProgram([served.runId, '--server', proxy.url, '--interval', '500ms'], '—'));
await terminal.waitFor(/running/, {timeoutMs: 60_000});

let isOver = false;
/** Sends four keys a second, changes the network fault every five seconds, and the size every twenty. */
const keepBusy = async (): Promise<void> => {
  for (let turn = 0; !isOver; turn += 1) {
    terminal.type(tour[turn % tour.length] ?? '');
    const fault = faults[Math.floor(turn / 20) % faults.length];
    proxy.setFault(fault === undefined ? undefined : () => fault);
    const size = turn % 80 === 0 ? sizes[(turn / 80) % sizes.length] : undefined;
    if (size !== undefined) {
      terminal.resize(size.cols, size.rows);
    }

    await sleep(pauseMs);
  }
};

const activity = keepBusy();
const rows: {
  readonly minute: number;
  readonly 'RSS MB': number;
  readonly 'open files': number;
  readonly 'CPU %': number;
}[] = [];
for (let minute = 1; minute <= minutes; minute += 1) {
  const load = await measureLoad(terminal, 60);
  rows.push({
    minute,
    'RSS MB': round(load.rssMb),
    'open files': readdirSync(`/proc/${terminal.pid}/fd`).length,
    'CPU %': round(load.cpuPercent),
  });
}

isOver = true;
await activity;
console.log(
  `\n${minutes} minutes of use: four keys a second, a poll every half second, a network fault half of the time`,
);
console.table(rows);
proxy.setFault(undefined);
await terminal.waitFor(/live/, {timeoutMs: 30_000});
terminal.kill();
await terminal.exit;
await proxy.stop();
await served.stop();
