import assert from 'node:assert/strict';
import {afterEach, describe, test} from 'vitest';
import type {Scenario} from '../../src/demo/script.js';
import {selectRunRows} from '../../src/store/runs/run-rows.js';
import type {ScreenSize} from '../../src/store/state.js';
import {buildNightlyScenario} from '../cli/support/nightly-scenario.js';
import {journeySizes, renderFrameText, sizes} from '../support/frames.js';
import {createUser, getKeys} from '../support/journey.js';
import {startPolledDemo} from '../support/polled.js';

let stopDemo: (() => Promise<void>) | undefined;
afterEach(() => stopDemo?.());

/** A user at the list of runs of a demo server, or in its run, with both clocks controlled by the test. */
const open = async (scenario: string | Scenario, size: ScreenSize, isList = true) => {
  const {store, clock, server, stop} = await startPolledDemo({scenario, size, isList});
  stopDemo = stop;
  const {state, press, shows, hides, row} = createUser(store);
  const user = {
    state,
    server,
    shows,
    hides,
    row,
    press: async (...keys: readonly string[]) => {
      for (const key of keys) {
        press(key);
        await clock.advance(60);
      }
    },
    type: (words: string) => user.press(...getKeys(words)),
    wait: (seconds: number) => clock.advance(seconds * 1000),
    countRequests: (part: string) => server.requests.filter(({path}) => path.includes(part)).length,
  };
  await user.wait(3);
  return user;
};

describe.each(journeySizes)('at %s', (_, size) => {
  test('active runs come first, and a new run appears by itself', async () => {
    const user = await open('runs', size);
    user.shows('fraud-detection', /3 in progress/, '288 runs');
    const [, title] = /◒ (\S+ #\d+)/.exec(user.row()) ?? [];
    assert.ok(title !== undefined, user.row());
    await user.wait(30);
    user.shows('289 runs');
    assert.ok(user.row().includes(title), 'the cursor stays on its run');
  });

  test('a run opens, and esc goes back to its row', async () => {
    const user = await open('runs', size);
    await user.press('j', 'j', 'j', 'j');
    const [, title] = /[✗✓◒⊡] (\S+ #\d+)/.exec(user.row()) ?? [];
    assert.ok(title !== undefined, user.row());
    await user.press('return');
    await user.wait(3);
    user.shows(title);
    assert.ok(user.state().openRun !== undefined && user.state().screen.name === 'run');
    const sentCount = user.countRequests('/runs?');
    await user.wait(20);
    assert.equal(
      user.countRequests('/runs?project'),
      user.countRequests('/runs?'),
      'all lists are limited to a project',
    );
    assert.equal(user.countRequests('/runs?'), sentCount, 'nothing is fetched that the screen does not show');
    await user.press('escape');
    await user.wait(2);
    assert.ok(user.row().includes(title), user.row());
    assert.equal(user.state().screen.name, 'runs');
  });

  test('a filter is completed by tab, sent to the server and counted while typing, and cleared by esc', async () => {
    const user = await open('runs', size);
    await user.press('/');
    await user.type('status:fa');
    await user.press('tab');
    await user.wait(2);
    user.shows('/status:failed', /\d+ match/);
    assert.ok(user.countRequests('status=equals%3Afailed') > 0);
    const {rows} = selectRunRows(user.state());
    assert.ok(rows.length > 10 && rows.every(({status}) => status === 'failed'));
    await user.press('return', 'j');
    assert.match(user.row(), /✗/);
    await user.press('escape');
    user.hides('/status:failed');
    assert.ok(selectRunRows(user.state()).rows.length > rows.length);
  });

  test('older runs load page by page while moving down', async () => {
    const user = await open('runs:10000', size);
    for (let page = 0; page < 12; page++) {
      await user.press('pagedown', 'pagedown');
      await user.wait(1);
    }

    const {rows} = selectRunRows(user.state());
    assert.ok(rows.length > 200 && rows.length < 1500, `${rows.length} rows`);
    assert.equal(user.countRequests('sort_by=desc%3Acreated&size=100&page=2'), 1);
    assert.match(user.row(), /#\d+/);
  });

  test('marked runs are compared, the oldest first, and esc goes back', async () => {
    const user = await open('runs', size);
    await user.press('/');
    await user.type('pipeline:backtest status:completed');
    await user.press('return');
    await user.wait(2);
    await user.press('space', 'j', 'j', 'space', 'c');
    await user.wait(3);
    user.shows('2 runs side by side', 'duration', 'steps');
    const numbers = [...renderFrameText(user.state()).matchAll(/#(\d+)/g)].map(match => Number(match[1]));
    assert.ok(numbers.length >= 2 && numbers[0]! < numbers[1]!, 'the oldest comes first');
    await user.press('escape');
    user.shows('2 marked', '/pipeline:backtest');
  });

  test('another project can be chosen from the menu', async () => {
    const user = await open('runs', size);
    await user.press('P');
    await user.wait(1);
    user.shows('project', /› fraud-detection {2}here/);
    await user.press('k', 'return');
    await user.wait(2);
    user.shows('default', 'No runs yet');
    await user.press('P');
    await user.wait(1);
    await user.press('j', 'return');
    await user.wait(2);
    user.shows('288 runs');
  });

  test('a child run opens from its row, and esc goes back to its parent', async () => {
    const user = await open('mapped', size, false);
    await user.wait(14);
    await user.press('G');
    assert.match(user.row(), /↳ sample/);
    await user.press('return');
    await user.wait(3);
    user.shows('sample_quality', 'pick_sample');
    await user.press('escape');
    await user.wait(1);
    assert.match(user.row(), /↳ sample/);
    user.shows('embed_documents');
    await user.press('escape');
    await user.wait(3);
    assert.equal(user.state().screen.name, 'runs');
    assert.match(user.row(), /embed_documents #9/);
    user.shows('↳ sample_quality');
  });
});

test('step parameters are compared, except those that repeat a run parameter', async () => {
  const user = await open('training', sizes.wide);
  await user.wait(600);
  await user.press('space', 'j', 'c');
  await user.wait(5);
  user.shows('2 runs side by side', /^ window_days +30 +60 \+30/m, /^ load_transactions::sample +1 +1$/m);
  user.hides('build_features::window_days');
  const sentCount = user.countRequests('/steps?');
  assert.equal(sentCount, 2);
  await user.wait(60);
  assert.equal(user.countRequests('/steps?'), sentCount, 'finished runs are fetched once');
});

test('the completed steps of active runs are counted, at a few requests a minute', async () => {
  const user = await open('runs', sizes.wide);
  await user.wait(10);
  user.shows(/running +[0-5]\/\d/);
  const countBefore = user.countRequests('/dag');
  await user.wait(30);
  const perMinute = (user.countRequests('/dag') - countBefore) * 2;
  assert.ok(perMinute > 3 && perMinute <= 5 * 6, `${perMinute} a minute for three or four runs`);
});

test('the signed-in user is fetched once, when a filter needs it', async () => {
  const user = await open('runs', sizes.wide);
  assert.equal(user.countRequests('/current-user'), 0);
  await user.press('/');
  await user.type('user:me');
  await user.wait(3);
  const {rows} = selectRunRows(user.state());
  assert.ok(rows.length > 5 && rows.every(({user}) => user?.name === 'maya'));
  await user.wait(60);
  assert.equal(user.countRequests('/current-user'), 1);
});

test('the list stays and is marked stale when the server does not respond', async () => {
  const user = await open('runs', sizes.wide);
  user.server.interfere(() => ({kind: 'drop'}));
  await user.wait(12);
  user.shows('stale', /◒ \S+ #\d+/);
  user.server.interfere(undefined);
  await user.wait(12);
  user.shows('● live');
});

test('an idle list sends few requests', async () => {
  const user = await open(buildNightlyScenario(900_000, 600_000, 300_000), sizes.wide);
  user.shows('none in progress', '3 runs');
  await user.wait(60);
  const countBefore = user.server.requests.length;
  await user.wait(300);
  const sentRequests = user.server.requests.slice(countBefore);
  const bytes = sentRequests.reduce((sum, request) => sum + request.bytes, 0);
  assert.ok(sentRequests.length / 5 <= 20, `${sentRequests.length / 5} requests a minute`);
  assert.ok(bytes / 5 <= 20_000, `${bytes / 5} bytes a minute`);
});
