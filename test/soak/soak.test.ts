import assert from 'node:assert/strict';
import {setFlagsFromString} from 'node:v8';
import {runInNewContext} from 'node:vm';
import {test} from 'vitest';
import {iterateSteps} from '../../src/domain/step-table.js';
import {getShownTail} from '../../src/store/logs/shown-log.js';
import {selectFreshness} from '../../src/store/requests/freshness.js';
import {type Fault, type FaultProxy, startFaultProxy} from '../support/fault-proxy.js';
import {renderRawFrame} from '../support/frames.js';
import {type PolledDemo, startPolledDemo} from '../support/polled.js';

const second = 1000;
const hour = 3600 * second;

/** How long zentop runs, by its own clock. Set SOAK_HOURS=168 for a week. */
const hours = Number(process.env['SOAK_HOURS'] ?? 6);

// Without V8's compilers to machine code: their output grows more than anything else in the heap, but is not a leak.
for (const flag of ['--expose-gc', '--no-opt', '--no-maglev', '--no-sparkplug']) {
  setFlagsFromString(flag);
}
const collectGarbage = runInNewContext('gc') as () => void;

const megabyte = 1024 * 1024;

/** One fault after another, each for five minutes, with five minutes to recover in between. */
const faults: readonly (Fault | undefined)[] = [
  undefined,
  {kind: 'reset'},
  undefined,
  {kind: 'response', status: 502, body: '<html>Bad Gateway</html>', headers: {'content-type': 'text/html'}},
  undefined,
  {kind: 'mangle'},
  undefined,
  {kind: 'response', status: 429, body: '{"detail":"slow down"}', headers: {'retry-after': '7'}},
  undefined,
  {kind: 'garbage'},
  undefined,
  {kind: 'skewed', ms: 90 * second},
];

type Figures = {
  readonly hour: number;
  readonly 'heap MB': number;
  readonly handles: number;
  readonly timers: number;
  readonly requests: number;
  readonly 'log lines kept': number;
  readonly 'request states': number;
};

const measure = async (demo: PolledDemo, atHour: number, requests: number): Promise<Figures> => {
  // The requests recorded by the demo server are not part of zentop's memory.
  (demo.server.requests as unknown[]).length = 0;
  // Closed sockets are released in the next turns of the event loop.
  for (let turn = 0; turn < 5; turn += 1) {
    await new Promise(resolve => setImmediate(resolve));
  }
  collectGarbage();
  collectGarbage();
  const {lines} = getShownTail(demo.state().openRun!);
  return {
    hour: atHour,
    'heap MB': Math.round((process.memoryUsage().heapUsed / megabyte) * 10) / 10,
    handles: process.getActiveResourcesInfo().filter(name => name !== 'Immediate').length,
    timers: demo.clock.countTimers(),
    requests,
    'log lines kept': lines.end - lines.first,
    'request states': demo.state().requestsByKey.size,
  };
};

test(`memory does not grow in ${hours} hours with faults, and nothing runs after quitting`, {
  timeout: 3_600_000,
}, async () => {
  let proxy: FaultProxy | undefined;
  // Slow enough that the run stays in progress all the time, with a growing log.
  const demo = await startPolledDemo({
    scenario: 'training',
    speed: 90 / (hours * 3600),
    intervalMs: 20 * second,
    requestTimeoutMs: 30_000,
    via: async url => {
      proxy = await startFaultProxy(url);
      return proxy.url;
    },
  });
  assert.ok(proxy);
  demo.store.dispatch({type: 'pane/toggled'});
  demo.store.dispatch({type: 'tab/chosen', tab: 'logs'});
  const figures: Figures[] = [];
  let requests = 0;
  for (let atHour = 1; atHour <= hours; atHour += 1) {
    for (const fault of faults) {
      proxy.setFault(fault === undefined ? undefined : () => fault);
      await demo.clock.advance(hour / faults.length);
      requests += proxy.getRequestCount();
      assert.ok(renderRawFrame(demo.state()).length > 0);
    }

    if (atHour === 1 || atHour === hours || atHour % 6 === 0) {
      figures.push(await measure(demo, atHour, requests));
    }
  }

  console.table(figures);
  proxy.setFault(undefined);
  await demo.clock.advance(60 * second);
  assert.equal(selectFreshness(demo.state()).kind, 'live');
  assert.ok([...iterateSteps(demo.state().openRun!.table)].length > 0);
  const [first, last] = [figures[0]!, figures.at(-1)!];
  const growth = last['heap MB'] / first['heap MB'] - 1;
  assert.ok(growth <= 0.05, `the heap grew by ${Math.round(growth * 1000) / 10} % after the first hour`);
  assert.ok(last.handles <= first.handles + 2, `handles: ${first.handles} → ${last.handles}`);
  assert.ok(last.timers <= first.timers + 1, `${last.timers} timers`);
  await demo.stop();
  await proxy.stop();
  await demo.clock.advance(hour);
  assert.equal(demo.clock.countTimers(), 0);
});
