import {idleCost, keyCost, round, start, zentop} from './measure.js';
import {type Served, serve} from './served.js';

// Compares the timeline, the graph, and the list with its timeline column, with the list of the same size, for 500 and 5,000 steps:
// keys and pages while nothing changes, then keys and half a minute while steps change. The screens of a size are measured one after the
// other, twice, and the better of the two counts: the machine has other things to do.
const seconds = 30;
const usual = {cols: 120, rows: 40};

const screens = [
  {screen: 'list', keys: '', size: usual},
  {screen: 'timeline', keys: 't', size: usual},
  {screen: 'graph', keys: 'D', size: usual},
  {screen: 'list, 139 columns', keys: '', size: {cols: 139, rows: 40}},
  {screen: 'with the column, 140', keys: '', size: {cols: 140, rows: 40}},
] as const;

type Screen = (typeof screens)[number];

type Figures = {readonly keyMs: number; readonly pageMs: number; readonly cpu: number; readonly requests: number};

const measure = async (served: Served, {keys, size}: Screen, isBusy: boolean): Promise<Figures> => {
  const program = zentop([served.runId, '--server', served.url], /(?:score|fetch)_\d+ /);
  const terminal = start(program, size);
  await terminal.waitFor(program.shows, {timeoutMs: 60_000});
  terminal.type(`${keys}\x1b[H`);
  await terminal.settle({quietMs: 300, timeoutMs: 10_000}).catch(() => undefined);
  const key = await keyCost(terminal, ['j', 'j', 'j', 'k', 'k', 'k']);
  const page = await keyCost(terminal, ['\x06', '\x06', '\x02', '\x02'], 60);
  const since = Date.now();
  const cost = isBusy ? await idleCost(terminal, seconds) : undefined;
  const requests = await served.requestsSince(since);
  terminal.kill();
  await terminal.exit;
  return {keyMs: key.p95Ms, pageMs: page.p95Ms, cpu: cost?.cpuPercent ?? Number.NaN, requests: requests.length};
};

const pickBetter = (one: Figures, other: Figures): Figures => ({
  keyMs: Math.min(one.keyMs, other.keyMs),
  pageMs: Math.min(one.pageMs, other.pageMs),
  cpu: Math.min(one.cpu, other.cpu),
  requests: Math.max(one.requests, other.requests),
});

const measureAll = async (scenario: string, isBusy: boolean): Promise<readonly Record<string, unknown>[]> => {
  const served = await serve(scenario, isBusy ? 1 : 0.0001);
  const best = new Map<Screen, Figures>();
  for (let round = 0; round < (isBusy ? 1 : 2); round += 1) {
    for (const screen of screens) {
      const figures = await measure(served, screen, isBusy);
      const known = best.get(screen);
      best.set(screen, known === undefined ? figures : pickBetter(known, figures));
    }
  }

  await served.stop();
  return screens.map((screen, place) => {
    const figures = best.get(screen);
    const base = best.get(screens[place < 3 ? 0 : 3] ?? screen);
    const ratio = (name: keyof Figures) => round((figures?.[name] ?? Number.NaN) / (base?.[name] ?? Number.NaN), 2);
    return {
      scenario,
      while: isBusy ? 'steps change' : 'nothing changes',
      screen: screen.screen,
      'key p95 ms': round(figures?.keyMs ?? Number.NaN),
      '÷ list': ratio('keyMs'),
      'page p95 ms': round(figures?.pageMs ?? Number.NaN),
      'page ÷ list': ratio('pageMs'),
      ...(isBusy
        ? {'CPU %': round(figures?.cpu ?? Number.NaN), 'CPU ÷ list': ratio('cpu'), requests: figures?.requests}
        : {}),
    };
  });
};

for (const isBusy of [false, true]) {
  const rows: Record<string, unknown>[] = [];
  for (const scenario of ['large:500', 'large:5000']) {
    rows.push(...(await measureAll(scenario, isBusy)));
  }

  console.table(rows);
}
