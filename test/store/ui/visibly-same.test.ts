import assert from 'node:assert/strict';
import {test} from 'vitest';
import type {Tab} from '../../../src/store/ui/pane.js';
import {isVisiblySame} from '../../../src/store/ui/visibly-same.js';
import {renderFrameText} from '../../support/frames.js';
import {startPolledDemo} from '../../support/polled.js';

const second = 1000;

/** Ages are updated with the next tick. */
const withoutAge = (frame: string): string => frame.replace(/live +\S+/, 'live');

test.each<{readonly isList: boolean; readonly tab: Tab}>([
  {isList: false, tab: 'overview'},
  {isList: false, tab: 'logs'},
  {isList: true, tab: 'overview'},
])('states that look the same have the same frame, except for ages: $tab, list: $isList', async ({isList, tab}) => {
  const demo = await startPolledDemo({scenario: isList ? 'runs:20' : 'training', isList});
  demo.store.dispatch({type: 'tab/chosen', tab});
  let drawn = demo.state();
  let saved = 0;
  demo.store.subscribe(() => {
    const latest = demo.state();
    if (isVisiblySame(drawn, latest)) {
      saved += 1;
      assert.equal(withoutAge(renderFrameText(latest)), withoutAge(renderFrameText(drawn)));
    } else {
      drawn = latest;
    }
  });
  await demo.clock.advance(60 * second);
  assert.ok(saved > 10, `${saved} frames were saved`);
  await demo.stop();
});

test('the first response, a failure and a recovery are shown immediately', async () => {
  const demo = await startPolledDemo({scenario: 'training'});
  await demo.clock.advance(10 * second);
  const before = demo.state();
  const [key] = [...before.requestsByKey.keys()].filter(name => name.startsWith('steps:delta'));
  assert.ok(key !== undefined);
  const failure = {kind: 'unreachable', host: 'server.example', reason: 'gone'} as const;
  demo.store.dispatch({type: 'news/failed', key, failure, at: demo.clock.now(), jitter: 0});
  const failed = demo.state();
  assert.ok(!isVisiblySame(before, failed));
  await demo.clock.advance(10 * second);
  assert.ok(!isVisiblySame({...failed, now: demo.state().now}, demo.state()));
  const unsent = new Map([...before.requestsByKey].filter(([name]) => name !== key));
  assert.ok(!isVisiblySame({...before, requestsByKey: unsent}, before));
  assert.ok(isVisiblySame(before, before));
  await demo.stop();
});
