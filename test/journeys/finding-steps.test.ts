import assert from 'node:assert/strict';
import {describe, test} from 'vitest';
import {getRows} from '../../src/store/selectors.js';
import {setUpDemoUser} from '../support/demo-user.js';
import {journeySizes, sizes} from '../support/frames.js';
import {startJourney} from '../support/journey.js';
import {aMappedState} from '../support/screens.js';
import {getStepRows} from '../support/select.js';

const {open, pass} = setUpDemoUser();

describe.each(journeySizes)('500 steps at %s', (_name, size) => {
  test('are filtered and counted while typing, and all shown again after escape', async () => {
    const user = await open('large:500', size, 3);
    user.press('home').showsCursorAt('plan_shards');
    user.press('/').type('score_012').shows('/score_012', '10 of 500').hides('score_0110');
    user.press('return').shows('/score_012 · 10 of 500', 'score_0120');
    user.press('j').shows('score_0121').press('escape').shows('score_0121').hides('10 of 500');
  });

  test('are found by their properties, with completion by tab', async () => {
    const user = await open('large:500', size, 3);
    user.press('/').type('status:ru').press('tab').shows('/status:running');
    const runningBefore = user.openRun().table.counts.running ?? 0;
    user.press('return').shows(`${runningBefore} of 500`);
    await pass(4);
    // What has ended in the meantime is hidden, except for the step under the cursor.
    const runningNow = user.openRun().table.counts.running ?? 0;
    user.shows(`${runningNow} of 500`);
    user
      .press('/', 'ctrl-u')
      .type('retried')
      .shows(/\/retried_? +\d+ of 500/);
    assert.ok(getStepRows(user.openRun()).length >= 4);
  });

  test('are hidden if successful, and the cursor is on its step again when all are shown', async () => {
    const user = await open('large:500', size, 3);
    user.press('home', 'j', 'j').showsCursorAt('score_0001');
    user.press('H').shows('successful hidden').hides('score_0001');
    user.press('H').hides('successful hidden').showsCursorAt('score_0001').shows('score_0001');
  });

  test('are sorted by duration, status, start and name, and in reverse', async () => {
    const user = await open('large:500', size, 3);
    user.press('s').shows('by duration').press('home');
    const getFirstKey = () => getStepRows(user.openRun())[0]!.key;
    const longest = getFirstKey();
    user.press('S').shows('by duration, reversed');
    assert.notEqual(getFirstKey(), longest);
    user.press('s').shows('by status').press('s').shows('by start');
    user.press('s').shows('by name').press('s').hides('by ');
    assert.equal(getFirstKey(), 'step:plan_shards');
  });

  test('are reached by number, and going back returns to the previous step', async () => {
    const user = await open('large:500', size, 3);
    user.press('home', 'j').showsCursorAt('score_0000');
    user.press('#').type('321').shows('step 321_', 'of 500').showsCursorAt('score_0319');
    user.press('return').showsCursorAt('score_0319').shows('score_0319');
    user.press("'").showsCursorAt('score_0000');
    user.press('#').type('77').press('escape').showsCursorAt('score_0000');
    user.press('G').showsCursorAt('merge_scores').press("'").showsCursorAt('score_0000');
  });
});

describe.each(journeySizes)('200 items of a map at %s', (_name, size) => {
  test('are one line with their progress, and expand', async () => {
    const user = await open('mapped', size, 30);
    user
      .press('home', 'j')
      .shows(/▸ embed \[\d+\/\d+\]/)
      .hides('map:embed:0');
    user.press('space').shows('▾ embed', 'map:embed:0').press('space').hides('map:embed:0');
  });

  test('are described in the details of their group, where enter opens the slowest', async () => {
    const user = await open('mapped', size, 30);
    user.press('home', 'j', 'return').shows('slowest', /steps +\d+ of \d+ done/);
    const groupKey = user.openRun().list.selectedKey;
    user.press('return');
    assert.notEqual(user.openRun().list.selectedKey, groupKey);
    user.shows('map:embed:').press("'");
    assert.equal(user.openRun().list.selectedKey, groupKey);
  });

  test('are found by group and status', async () => {
    const user = await open('mapped', size, 30);
    user.press('/').type('group:e').press('tab').type('status:running').press('return');
    user.shows('▾ embed', /\d+ of \d+/).hides('list_documents');
    const shownCount = getStepRows(user.openRun()).filter(({kind}) => kind === 'step').length;
    assert.equal(shownCount, user.openRun().table.counts.running);
  });

  test('keep their place on the screen while they run', async () => {
    const user = await open('mapped', size, 30);
    user.press('home', 'j', 'space', 'j', 'j', 'j');
    const listBefore = user.openRun().list;
    await pass(12);
    assert.equal(user.openRun().list.selectedKey, listBefore.selectedKey);
    assert.equal(user.openRun().list.top, listBefore.top);
  });
});

test('jumping to a failed item of a collapsed group expands the group', () => {
  startJourney(aMappedState())
    .press('home')
    .shows('▸ map:embed')
    .press('e')
    .showsCursorAt('embed:7')
    .shows('▾ map:embed');
});

test('the rows of a live map of 500 items stay in order, and the selected item stays selected', async () => {
  const user = await open('mapped:500', sizes.wide, 12);
  const listKeys = () => getRows(user.openRun()).rows.map(({key}) => key);
  const map = listKeys().findIndex(key => key.startsWith('group:'));
  assert.ok(map > 0, listKeys().join());
  user.press('g', ...Array.from({length: map - 1}, () => 'j'), 'space', 'j', 'j', 'j');
  const {selectedKey} = user.openRun().list;
  assert.match(selectedKey ?? '', /^step:map:/);
  let previousKeys = listKeys();
  let newCount = 0;
  while (user.openRun().overAt === undefined) {
    await pass(1);
    assert.equal(user.openRun().list.selectedKey, selectedKey);
    const keys = listKeys();
    assert.deepEqual(
      keys.filter(key => previousKeys.includes(key)),
      previousKeys,
    );
    newCount += keys.length - previousKeys.length;
    previousKeys = keys;
  }

  assert.ok(newCount > 400, `${newCount}`);
});
