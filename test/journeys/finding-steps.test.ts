import assert from 'node:assert/strict';
import {afterEach, describe, test} from 'vitest';
import {getRows} from '../../src/store/selectors.js';
import type {ScreenSize} from '../../src/store/state.js';
import {pressKey} from '../../src/view/press-key.js';
import {frameText, journeySizes, sizes} from '../support/frames.js';
import {type PolledDemo, startPolledDemo} from '../support/polled.js';
import {getStepRows} from '../support/select.js';

let demo: PolledDemo | undefined;
afterEach(async () => {
  await demo?.stop();
  demo = undefined;
});

/** A user at a run of the demo server, the given time after it was opened. */
const open = async (scenario: string, size: ScreenSize, seconds: number) => {
  const started = await startPolledDemo({scenario, size});
  demo = started;
  const {store, clock, server} = started;
  const text = () => frameText(store.get());
  const reader = {
    openRun: () => store.get().openRun!,
    server,
    press: (...keys: readonly string[]) => {
      for (const key of keys) {
        pressKey(key, {store, utcOffset: () => 0, onEffect: () => {}});
      }

      return reader;
    },
    types: (words: string) =>
      reader.press(...Array.from(words, character => (character === ' ' ? 'space' : character))),
    passes: (more: number) => clock.advance(more * 1000),
    shows: (...wanted: readonly (string | RegExp)[]) => {
      for (const each of wanted) {
        const isThere = typeof each === 'string' ? text().includes(each) : each.test(text());
        assert.ok(isThere, `expected ${each} in\n${text()}`);
      }

      return reader;
    },
    hides: (...unwanted: readonly string[]) => {
      for (const each of unwanted) {
        assert.ok(!text().includes(each), `did not expect ${each} in\n${text()}`);
      }
      return reader;
    },
    selects: (name: string) => {
      assert.equal(store.get().openRun?.list.selected, `step:${name}`, text());
      return reader;
    },
  };
  await reader.passes(seconds);
  return reader;
};

describe.each(journeySizes)('500 steps at %s', (_name, size) => {
  test('are filtered and counted while typing, and all shown again after escape', async () => {
    const reader = await open('large:500', size, 3);
    reader.press('home').selects('plan_shards');
    reader.press('/').types('score_012').shows('/score_012', '10 of 500').hides('score_0110');
    reader.press('return').shows('/score_012 · 10 of 500', 'score_0120');
    reader.press('j').shows('score_0121').press('escape').shows('score_0121').hides('10 of 500');
  });

  test('are found by their properties, with completion by tab', async () => {
    const reader = await open('large:500', size, 3);
    reader.press('/').types('status:ru').press('tab').shows('/status:running');
    const running = reader.openRun().table.counts.running ?? 0;
    reader.press('return').shows(`${running} of 500`);
    await reader.passes(4);
    // What has ended meanwhile is hidden, except for the step under the cursor.
    const now = reader.openRun().table.counts.running ?? 0;
    reader.shows(`${now} of 500`);
    reader
      .press('/', 'ctrl+u')
      .types('retried')
      .shows(/\/retried_? +\d+ of 500/);
    assert.ok(getStepRows(reader.openRun()).length >= 4);
  });

  test('are hidden when done, and the cursor stays where it was', async () => {
    const reader = await open('large:500', size, 3);
    reader.press('home', 'j', 'j').selects('score_0001');
    reader.press('H').shows('done hidden').hides('score_0001');
    reader.press('H').hides('done hidden').selects('score_0001').shows('score_0001');
  });

  test('are sorted longest first, and in reverse', async () => {
    const reader = await open('large:500', size, 3);
    reader.press('s').shows('by duration').press('home');
    const first = () => getStepRows(reader.openRun())[0]!.key;
    const longest = first();
    reader.press('S').shows('by duration, reversed');
    assert.notEqual(first(), longest);
    reader.press('s').shows('by status').press('s').shows('by start');
    reader.press('s').shows('by name').press('s').hides('by ');
    assert.equal(first(), 'step:plan_shards');
  });

  test('are reached by number, and left by going back', async () => {
    const reader = await open('large:500', size, 3);
    reader.press('home', 'j').selects('score_0000');
    reader.press('#').types('321').shows('step 321_', 'of 500').selects('score_0319');
    reader.press('return').selects('score_0319').shows('score_0319');
    reader.press("'").selects('score_0000');
    reader.press('#').types('77').press('escape').selects('score_0000');
    reader.press('G').selects('merge_scores').press("'").selects('score_0000');
  });
});

describe.each(journeySizes)('200 items of a map at %s', (_name, size) => {
  test('are one line with their progress, and expand', async () => {
    const reader = await open('mapped', size, 30);
    reader
      .press('home', 'j')
      .shows(/▸ embed \[\d+\/\d+\]/)
      .hides('map:embed:0');
    reader.press('space').shows('▾ embed', 'map:embed:0').press('space').hides('map:embed:0');
  });

  test('link to the slowest of them', async () => {
    const reader = await open('mapped', size, 30);
    reader.press('home', 'j', 'return').shows('slowest', /steps +\d+ of \d+ done/);
    const slow = reader.openRun().list.selected;
    reader.press('return');
    assert.notEqual(reader.openRun().list.selected, slow);
    reader.shows('map:embed:').press("'");
    assert.equal(reader.openRun().list.selected, slow);
  });

  test('are found by group, and only those', async () => {
    const reader = await open('mapped', size, 30);
    reader.press('/').types('group:e').press('tab').types('status:running').press('return');
    reader.shows('▾ embed', /\d+ of \d+/).hides('list_documents');
    const shown = getStepRows(reader.openRun()).filter(({kind}) => kind === 'step').length;
    assert.equal(shown, reader.openRun().table.counts.running);
  });

  test('keep their place on the screen while they run', async () => {
    const reader = await open('mapped', size, 30);
    reader.press('home', 'j', 'space', 'j', 'j', 'j');
    const here = reader.openRun().list;
    await reader.passes(12);
    assert.equal(reader.openRun().list.selected, here.selected);
    assert.equal(reader.openRun().list.top, here.top);
  });
});

test('the next failure in a collapsed group expands the group', async () => {
  const reader = await open('failure', sizes.wide, 200);
  reader.press('home', 'e');
  const {list, table} = reader.openRun();
  assert.ok((table.counts.failed ?? 0) > 0);
  assert.match(list.selected ?? '', /^step:/);
});

test('the rows of a live map of 500 stay in order, and the selected item stays selected', async () => {
  const reader = await open('mapped:500', sizes.wide, 12);
  const keys = () => getRows(reader.openRun()).rows.map(({key}) => key);
  const map = keys().findIndex(key => key.startsWith('group:'));
  assert.ok(map > 0, keys().join());
  reader.press('g', ...Array.from({length: map - 1}, () => 'j'), 'space', 'j', 'j', 'j');
  const {selected} = reader.openRun().list;
  assert.match(selected ?? '', /^step:map:/);
  let earlier = keys();
  let appeared = 0;
  while (reader.openRun().overAt === undefined) {
    await reader.passes(1);
    assert.equal(reader.openRun().list.selected, selected);
    const now = keys();
    assert.deepEqual(
      now.filter(key => earlier.includes(key)),
      earlier,
    );
    appeared += now.length - earlier.length;
    earlier = now;
  }

  assert.ok(appeared > 400, `${appeared}`);
});
