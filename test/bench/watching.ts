import {startDemoServer} from '../support/demo-server.js';
import {
  createZentopProgram,
  isInstalled,
  measureKeyCost,
  measureLoad,
  measureNodeMs,
  measureStartMs,
  type Program,
  round,
  start,
} from './measure.js';

// A run of 14 steps at 120x40: time until it is shown, cost of a key, cost of a minute; compared with other monitors.
const server = await startDemoServer({scenario: 'training'});
const watching = createZentopProgram([server.runId, '--server', server.url], 'build_features');
const otherMonitors: readonly Program[] = [
  {command: 'htop', args: [], shows: 'F10'},
  {command: 'tig', args: [], shows: '[main]'},
].filter(({command}) => isInstalled(command));

const node = measureNodeMs();
const rows: Record<string, unknown>[] = [];
for (const program of [watching, ...otherMonitors]) {
  const name = program === watching ? 'zentop' : program.command;
  const ms = await measureStartMs(program);
  const terminal = start(program);
  await terminal.waitFor(program.shows, {timeoutMs: 60_000});
  const key = await measureKeyCost(terminal, ['j', 'j', 'j', 'k', 'k', 'k']);
  terminal.kill();
  await terminal.exit;
  rows.push({
    program: name,
    'start ms': round(ms),
    '÷ node': round(ms / node),
    'key p50 ms': round(key.p50Ms),
    'key p95 ms': round(key.p95Ms),
    'bytes a key': key.bytes,
  });
}
rows.push({program: 'node -e 0', 'start ms': round(node), '÷ node': 1});
console.log('\n14 steps at 120x40');
console.table(rows);

/** Measures a minute of watching the run of a scenario. */
const measureMinute = async (scenario: string, label: string, speed: number) => {
  const watched = await startDemoServer({scenario, speed});
  const terminal = start(createZentopProgram([watched.runId, '--server', watched.url], '—'));
  await terminal.waitFor(/running|completed/, {timeoutMs: 60_000});
  await terminal.settle({quietMs: 300, timeoutMs: 60_000}).catch(() => undefined);
  const countBefore = watched.requests.length;
  const cost = await measureLoad(terminal, 60);
  const requests = watched.requests.slice(countBefore);
  terminal.kill();
  await terminal.exit;
  await watched.close();
  return {
    minute: label,
    'CPU %': round(cost.cpuPercent),
    'RSS MB': round(cost.rssMb),
    'bytes to the terminal': cost.bytes,
    requests: requests.length,
    'KB from the server': round(requests.reduce((sum, {bytes}) => sum + bytes, 0) / 1000),
    'requests per kind': formatKinds(requests),
  };
};

const formatKinds = (requests: readonly {readonly path: string}[]): string => {
  const counts = new Map<string, number>();
  for (const {path} of requests) {
    const kind = path
      .replace(/\?.*/, '')
      .replace(/[0-9a-f-]{36}/g, 'ID')
      .replace('/api/v1/', '');
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }

  return [...counts].map(([kind, count]) => `${count} ${kind}`).join(', ');
};

console.log('\nA minute of watching 14 steps at 120x40');
console.table([
  await measureMinute('training', 'while it runs', 1),
  await measureMinute('training', 'after its end', 1000),
]);
await server.close();
