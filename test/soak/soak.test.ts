import assert from 'node:assert/strict';
import {setFlagsFromString} from 'node:v8';
import {runInNewContext} from 'node:vm';
import {test} from 'vitest';
import {iterateSteps} from '../../src/domain/step-table.js';
import {getShownTail} from '../../src/store/logs/shown-log.js';
import {selectFreshness} from '../../src/store/requests/freshness.js';
import {type Fault, type FaultProxy, startFaultProxy} from '../support/fault-proxy.js';
import {rawFrame} from '../support/frames.js';
import {type PolledDemo, startPolledDemo} from '../support/polled.js';

const second = 1000;
const hour = 3600 * second;

/** How long the program is watched, by its own clock; a week with SOAK_HOURS=168. */
const hours = Number(process.env['SOAK_HOURS'] ?? 6);

// Machine code that V8 makes as the hours go by is no growth of what we hold: more than all else in the heap.
for (const flag of ['--expose-gc', '--no-opt', '--no-maglev', '--no-sparkplug']) {
  setFlagsFromString(flag);
}
const collectGarbage = runInNewContext('gc') as () => void;

const megabyte = 1024 * 1024;

/** One accident after the other, each in its own stretch of minutes; most of the time all is well. */
const faults: readonly (Fault | undefined)[] = [
  undefined,
  {kind: 'reset'},
  undefined,
  {kind: 'answer', status: 502, body: '<html>Bad Gateway</html>', headers: {'content-type': 'text/html'}},
  undefined,
  {kind: 'mangle'},
  undefined,
  {kind: 'answer', status: 429, body: '{"detail":"slow down"}', headers: {'retry-after': '7'}},
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
  readonly 'log lines held': number;
  readonly remembered: number;
};

const figuresOf = async (demo: PolledDemo, atHour: number, requests: number): Promise<Figures> => {
  // Sockets that were closed leave with the next turns of the loop.
  // What the server in miniature has noted of us is no growth of ours.
  (demo.server.requests as unknown[]).length = 0;
  for (let turn = 0; turn < 5; turn += 1) {
    await new Promise(resolve => setImmediate(resolve));
  }
  collectGarbage();
  collectGarbage();
  const {lines} = getShownTail(demo.state().watch!);
  return {
    hour: atHour,
    'heap MB': Math.round((process.memoryUsage().heapUsed / megabyte) * 10) / 10,
    handles: process.getActiveResourcesInfo().filter(name => name !== 'Immediate').length,
    timers: demo.clock.timers(),
    requests,
    'log lines held': lines === undefined ? 0 : lines.end - lines.first,
    remembered: demo.state().requests.size,
  };
};

test(`after ${hours} hours with accidents nothing has grown, and nothing goes on after leaving`, {
  timeout: 3_600_000,
}, async () => {
  let proxy: FaultProxy | undefined;
  // So slow that the run goes on all the time; the log grows all along.
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
  const told: Figures[] = [];
  let requests = 0;
  for (let at = 1; at <= hours; at += 1) {
    for (const fault of faults) {
      proxy.befall(fault === undefined ? undefined : () => fault);
      await demo.clock.advance(hour / faults.length);
      requests += proxy.count();
      assert.ok(rawFrame(demo.state()).length > 0);
    }

    if (at === 1 || at === hours || at % 6 === 0) {
      told.push(await figuresOf(demo, at, requests));
    }
  }

  console.table(told);
  proxy.befall(undefined);
  await demo.clock.advance(60 * second);
  assert.equal(selectFreshness(demo.state()).kind, 'live');
  assert.ok([...iterateSteps(demo.state().watch!.table)].length > 0);
  const [first, last] = [told[0]!, told.at(-1)!];
  const growth = last['heap MB'] / first['heap MB'] - 1;
  assert.ok(growth <= 0.05, `the heap has grown by ${Math.round(growth * 1000) / 10} % since the first hour`);
  assert.ok(last.handles <= first.handles + 2, `${first.handles} handles have become ${last.handles}`);
  assert.ok(last.timers <= first.timers + 1, `${last.timers} timers`);
  await demo.stop();
  await proxy.stop();
  await demo.clock.advance(hour);
  assert.equal(demo.clock.timers(), 0);
});
