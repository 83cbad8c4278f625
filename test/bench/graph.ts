import {idleCost, keyCost, round, start, zentop} from './measure.js';
import {serve} from './served.js';

// Compares the graph with the list at 120x40, for 500 and 5,000 steps: keys, and half a minute while steps change.
const seconds = 30;

const measure = async (scenario: string, isGraph: boolean) => {
  const served = await serve(scenario);
  const program = zentop([served.runId, '--server', served.url], /(?:score|fetch)_\d+ /);
  const terminal = start(program);
  await terminal.waitFor(program.shows, {timeoutMs: 60_000});
  terminal.type(isGraph ? 'D\x1b[H' : '\x1b[H');
  await terminal.settle({quietMs: 300, timeoutMs: 10_000}).catch(() => undefined);
  const key = await keyCost(terminal, ['j', 'j', 'j', 'k', 'k', 'k']);
  const page = await keyCost(terminal, ['\x06', '\x06', '\x02', '\x02'], 60);
  const since = Date.now();
  const cost = await idleCost(terminal, seconds);
  const requests = await served.requestsSince(since);
  terminal.kill();
  await terminal.exit;
  await served.stop();
  return {
    scenario,
    screen: isGraph ? 'graph' : 'list',
    'key p50 ms': round(key.p50Ms),
    'key p95 ms': round(key.p95Ms),
    'page p95 ms': round(page.p95Ms),
    'CPU %': round(cost.cpuPercent),
    'RSS MB': round(cost.rssMb),
    requests: requests.length,
  };
};

const rows: Record<string, unknown>[] = [];
for (const scenario of ['large:500', 'large:5000']) {
  rows.push(await measure(scenario, false), await measure(scenario, true));
}

console.table(rows);
