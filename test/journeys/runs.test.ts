import assert from 'node:assert/strict';
import {afterEach, describe, test} from 'vitest';
import type {Scenario} from '../../src/demo/script.js';
import type {Effect} from '../../src/keymap/effect.js';
import {selectRunRows} from '../../src/store/runs/run-rows.js';
import type {ScreenSize} from '../../src/store/state.js';
import {pressKey} from '../../src/view/press-key.js';
import {nightly} from '../cli/support/nightly-scenario.js';
import {frameText, journeySizes, sizes} from '../support/frames.js';
import {type PolledDemo, startPolledDemo} from '../support/polled.js';

let demo: PolledDemo | undefined;
afterEach(async () => {
  await demo?.stop();
  demo = undefined;
});

/** A user at the run list of the demo server, with both clocks controlled by the test. */
const open = async (scenario: string | Scenario, size: ScreenSize, isList = true) => {
  const started = await startPolledDemo({scenario, size, isList});
  demo = started;
  const {store, clock, server} = started;
  const effects: Effect[] = [];
  const text = () => frameText(store.get());
  const reader = {
    state: () => store.get(),
    effects,
    server,
    press: async (...keys: readonly string[]) => {
      for (const key of keys) {
        pressKey(key, {store, utcOffset: () => 0, onEffect: effect => effects.push(effect)});
        await clock.advance(60);
      }
    },
    type: (words: string) => reader.press(...Array.from(words, character => (character === ' ' ? 'space' : character))),
    passes: (seconds: number) => clock.advance(seconds * 1000),
    shows: (...wanted: readonly (string | RegExp)[]) => {
      for (const each of wanted) {
        assert.ok(
          typeof each === 'string' ? text().includes(each) : each.test(text()),
          `expected ${each} in\n${text()}`,
        );
      }
    },
    hides: (...unwanted: readonly string[]) => {
      for (const each of unwanted) {
        assert.ok(!text().includes(each), `did not expect ${each} in\n${text()}`);
      }
    },
    row: () =>
      text()
        .split('\n')
        .find(line => /^ ›/.test(line)) ?? '',
    asked: (part: string) => server.requests.filter(({path}) => path.includes(part)).length,
  };
  await reader.passes(3);
  return reader;
};

describe.each(journeySizes)('at %s', (_, size) => {
  test('active runs come first, and a new run appears by itself', async () => {
    const reader = await open('runs', size);
    reader.shows('fraud-detection', /3 in progress/, '288 runs');
    const first = reader.row();
    assert.match(first, /◒ \S+ #\d+/);
    await reader.passes(30);
    reader.shows('289 runs');
    assert.ok(reader.row().includes(first.slice(2, 20).trim().split(' ')[1] ?? '?'), 'the cursor stays on its run');
  });

  test('a run opens, and esc goes back to its row', async () => {
    const reader = await open('runs', size);
    await reader.press('j', 'j', 'j', 'j');
    const row = reader.row();
    const title = /[✗✓◒⊡] (\S+ #\d+)/.exec(row)?.[1] ?? '?';
    await reader.press('return');
    await reader.passes(3);
    reader.shows(title);
    assert.ok(reader.state().openRun !== undefined && reader.state().screen.name === 'run');
    const asked = reader.asked('/runs?');
    await reader.passes(20);
    assert.equal(reader.asked('/runs?project'), reader.asked('/runs?'), 'lists name their project');
    assert.equal(reader.asked('/runs?'), asked, 'nothing is asked that the screen does not show');
    await reader.press('escape');
    await reader.passes(2);
    assert.ok(reader.row().includes(title), reader.row());
    assert.equal(reader.state().screen.name, 'runs');
  });

  test('a filter is sent to the server, counted live, completed, kept, and cleared by esc', async () => {
    const reader = await open('runs', size);
    await reader.press('/');
    await reader.type('status:fa');
    await reader.press('tab');
    await reader.passes(2);
    reader.shows('/status:failed', /\d+ match/);
    assert.ok(reader.asked('status=equals%3Afailed') > 0);
    const {rows} = selectRunRows(reader.state());
    assert.ok(rows.length > 10 && rows.every(({status}) => status === 'failed'));
    await reader.press('return', 'j');
    assert.match(reader.row(), /✗/);
    await reader.press('escape');
    reader.hides('/status:failed');
    assert.ok(selectRunRows(reader.state()).rows.length > rows.length);
  });

  test('older runs load page by page while moving down', async () => {
    const reader = await open('runs:10000', size);
    for (let page = 0; page < 12; page++) {
      await reader.press('pagedown', 'pagedown');
      await reader.passes(1);
    }

    const {rows} = selectRunRows(reader.state());
    assert.ok(rows.length > 200 && rows.length < 1500, `${rows.length} rows`);
    assert.equal(reader.asked('sort_by=desc%3Acreated&size=100&page=2'), 1);
    assert.match(reader.row(), /#\d+/);
  });

  test('marked runs are compared, differences first, and esc goes back', async () => {
    const reader = await open('runs', size);
    await reader.press('/');
    await reader.type('pipeline:backtest status:completed');
    await reader.press('return');
    await reader.passes(2);
    await reader.press('space', 'j', 'j', 'space', 'c');
    await reader.passes(3);
    reader.shows('2 runs side by side', 'duration', 'steps');
    const numbers = [...frameText(reader.state()).matchAll(/#(\d+)/g)].map(match => Number(match[1]));
    assert.ok(numbers.length >= 2 && numbers[0]! < numbers[1]!, 'the oldest stands first');
    await reader.press('escape');
    reader.shows('2 marked', '/pipeline:backtest');
  });

  test('another project can be chosen from the menu', async () => {
    const reader = await open('runs', size);
    await reader.press('P');
    await reader.passes(1);
    reader.shows('project', /› fraud-detection {2}here/);
    await reader.press('k', 'return');
    await reader.passes(2);
    reader.shows('default', 'No runs yet'.slice(0, size.columns - 6));
    await reader.press('P');
    await reader.passes(1);
    await reader.press('j', 'return');
    await reader.passes(2);
    reader.shows('288 runs');
  });

  test('a child run opens from its row, and esc goes back to its parent', async () => {
    const reader = await open('mapped', size, false);
    await reader.passes(14);
    await reader.press('G');
    assert.match(reader.row(), /↳ sample/);
    await reader.press('return');
    await reader.passes(3);
    reader.shows('sample_quality', 'pick_sample');
    await reader.press('escape');
    await reader.passes(1);
    assert.match(reader.row(), /↳ sample/);
    reader.shows('embed_documents');
    await reader.press('escape');
    await reader.passes(3);
    assert.equal(reader.state().screen.name, 'runs');
    assert.match(reader.row(), /embed_documents #9/);
    reader.shows('↳ sample_quality');
  });
});

test('step parameters are compared, except those that repeat a run parameter', async () => {
  const reader = await open('training', sizes.wide);
  await reader.passes(600);
  await reader.press('space', 'j', 'c');
  await reader.passes(5);
  reader.shows('2 runs side by side', /^ window_days +30 +60 \+30/m, /^ load_transactions::sample +1 +1$/m);
  reader.hides('build_features::window_days');
  const asked = reader.asked('/steps?');
  assert.equal(asked, 2);
  await reader.passes(60);
  assert.equal(reader.asked('/steps?'), asked, 'what is over is asked once');
});

test('completed steps of active runs are counted from the server’s data', async () => {
  const reader = await open('runs', sizes.wide);
  await reader.passes(10);
  reader.shows(/running +[0-5]\/\d/);
  const before = reader.asked('/dag');
  await reader.passes(30);
  const perMinute = (reader.asked('/dag') - before) * 2;
  assert.ok(perMinute > 3 && perMinute <= 5 * 6, `${perMinute} a minute for three or four runs`);
});

test('the signed-in user is fetched once, when a filter needs it', async () => {
  const reader = await open('runs', sizes.wide);
  assert.equal(reader.asked('/current-user'), 0);
  await reader.press('/');
  await reader.type('user:me');
  await reader.passes(3);
  const {rows} = selectRunRows(reader.state());
  assert.ok(rows.length > 5 && rows.every(({user}) => user?.name === 'maya'));
  await reader.passes(60);
  assert.equal(reader.asked('/current-user'), 1);
});

test('the list stays and is marked stale when the server does not respond', async () => {
  const reader = await open('runs', sizes.wide);
  reader.server.interfere(() => ({kind: 'drop'}));
  await reader.passes(12);
  reader.shows('stale', /◒ \S+ #\d+/);
  reader.server.interfere(undefined);
  await reader.passes(12);
  reader.shows('● live');
});

test('an idle list sends few requests', async () => {
  const reader = await open(nightly(900_000, 600_000, 300_000), sizes.wide);
  reader.shows('none in progress', '3 runs');
  await reader.passes(60);
  const before = reader.server.requests.length;
  await reader.passes(300);
  const asked = reader.server.requests.slice(before);
  const bytes = asked.reduce((sum, request) => sum + request.bytes, 0);
  assert.ok(asked.length / 5 <= 20, `${asked.length / 5} requests a minute`);
  assert.ok(bytes / 5 <= 20_000, `${bytes / 5} bytes a minute`);
});
