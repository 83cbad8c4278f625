import type {Terminal} from '../support/pty.js';
import {createZentopProgram, measureLoad, pressKeys, readCpuMs, round, start, summarizeKeys} from './measure.js';
import {type Served, serve} from './served.js';

// Compares the timeline, the graph and the list with its timeline column to the plain list, for 500 and 5,000 steps, while nothing
// changes and while steps change. The screens take turns, a few keys each, so that other load on the machine affects all of them.
const turns = 12;
const idleSeconds = 20;
const usualSize = {cols: 120, rows: 40};

/** `listIndex` is the index of the list that a screen is compared with. */
const screens = [
  {screen: 'list', keys: '', size: usualSize, listIndex: 0},
  {screen: 'timeline', keys: 't', size: usualSize, listIndex: 0},
  {screen: 'graph', keys: 'D', size: usualSize, listIndex: 0},
  {screen: 'list, 139 columns', keys: '', size: {cols: 139, rows: 40}, listIndex: 3},
  {screen: 'with the column, 140', keys: '', size: {cols: 140, rows: 40}, listIndex: 3},
] as const;

type Screen = (typeof screens)[number];

const open = async ({runId, url}: Served, {keys, size}: Screen): Promise<Terminal> => {
  const program = createZentopProgram([runId, '--server', url], /(?:score|fetch)_\d+ /);
  const terminal = start(program, size);
  await terminal.waitFor(program.shows, {timeoutMs: 60_000});
  // Not at the top, where one step feeds all others and the graph highlights every row.
  terminal.type(`${keys}\x1b[H${'j'.repeat(20)}`);
  await terminal.settle({quietMs: 300, timeoutMs: 10_000}).catch(() => undefined);
  return terminal;
};

const move = ['j', 'j', 'j', 'k', 'k', 'k'];
const page = ['\x06', '\x06', '\x02', '\x02'];

type KeyPress = Awaited<ReturnType<typeof pressKeys>>[number];

/** The average of the middle half, without the turns in which the whole list happened to be fetched again. */
const computeMiddleAverage = (values: readonly number[]): number => {
  const quarter = Math.floor(values.length / 4);
  const middle = [...values].sort((a, b) => a - b).slice(quarter, values.length - quarter);
  return middle.reduce((sum, value) => sum + value, 0) / middle.length;
};

const measureScreens = async (served: Served) => {
  const terminals: Terminal[] = [];
  for (const screen of screens) {
    terminals.push(await open(served, screen));
  }

  const moves: KeyPress[][] = screens.map(() => []);
  const pages: KeyPress[][] = screens.map(() => []);
  const cpu: number[][] = screens.map(() => []);
  for (let turn = 0; turn < turns; turn += 1) {
    for (const [index, terminal] of terminals.entries()) {
      const from = readCpuMs(terminal.pid);
      moves[index]?.push(...(await pressKeys(terminal, move, 12)));
      cpu[index]?.push(readCpuMs(terminal.pid) - from);
      pages[index]?.push(...(await pressKeys(terminal, page, 4)));
    }
  }

  const since = Date.now();
  const idle = await Promise.all(terminals.map(terminal => measureLoad(terminal, idleSeconds)));
  const requests = await served.fetchRequestsSince(since);
  for (const terminal of terminals) {
    terminal.kill();
    await terminal.exit;
  }

  console.log(`${requests.length} requests from all screens in ${idleSeconds} s`);
  return screens.map(({screen, listIndex}, index) => ({
    screen,
    listIndex,
    // The first turn is a warm-up.
    keyMs: summarizeKeys(moves[index]?.slice(12) ?? []).p95Ms,
    pageMs: summarizeKeys(pages[index]?.slice(4) ?? []).p95Ms,
    cpuMs: computeMiddleAverage(cpu[index] ?? []) / 12,
    idle: idle[index]?.cpuPercent ?? Number.NaN,
  }));
};

for (const [speed, label] of [
  [0.0001, 'nothing changes'],
  [1, 'steps change'],
] as const) {
  const rows: Record<string, unknown>[] = [];
  for (const scenario of ['large:500', 'large:5000']) {
    const served = await serve(scenario, speed);
    const figures = await measureScreens(served);
    await served.stop();
    for (const {screen, listIndex, keyMs, pageMs, cpuMs: keyCpuMs, idle} of figures) {
      const list = figures[listIndex];
      rows.push({
        scenario,
        while: label,
        screen,
        'key p95 ms': round(keyMs),
        '÷ list': round(keyMs / (list?.keyMs ?? Number.NaN), 2),
        'page p95 ms': round(pageMs),
        'CPU ms per key': round(keyCpuMs),
        'CPU ÷ list': round(keyCpuMs / (list?.cpuMs ?? Number.NaN), 2),
        'idle CPU %': round(idle),
      });
    }
  }

  console.table(rows);
}
