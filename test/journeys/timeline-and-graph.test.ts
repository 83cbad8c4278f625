import assert from 'node:assert/strict';
import {describe, test} from 'vitest';
import {type DemoUser, setUpDemoUser} from '../support/demo-user.js';
import {asciiTheme, renderFrameLines, sizes} from '../support/frames.js';
import {getStepRows} from '../support/select.js';

const {open, pass} = setUpDemoUser();

const listKeys = (user: DemoUser): readonly string[] => getStepRows(user.openRun()).map(({key}) => key);

const renderAscii = (user: DemoUser): string => renderFrameLines(user.state(), asciiTheme).join('\n');

const everySize = [
  ['120x30', sizes.wide],
  ['80x24', sizes.middle],
  ['45x20', sizes.narrow],
] as const;

describe.each(everySize)('the timeline of a diamond at %s', (_name, size) => {
  test('can be opened, moved in, zoomed, panned, followed and closed', async () => {
    const user = await open('training', size, 30);
    user.press('t').shows(/0s .*now/, '▸', '╌');
    user.press('g', 'j', 'j').showsCursorAt('valida');
    user.press('+', '+').shows('▸');
    assert.ok(user.openRun().timeline.window !== undefined && user.openRun().timeline.isFollowing);
    user.press('left');
    assert.equal(user.openRun().timeline.isFollowing, false);
    const windowBefore = user.openRun().timeline.window;
    await pass(2);
    assert.deepEqual(user.openRun().timeline.window, windowBefore, 'updates do not move the window');
    user.press('f');
    assert.equal(user.openRun().timeline.isFollowing, true);
    user
      .press('0')
      .press('T')
      .shows(/\d\d:\d\d/)
      .press('T');
    user
      .press('escape')
      .showsCursorAt('valida')
      .hides(/0s .*now/);
  });
});

describe('the timeline of a diamond at 80x24', () => {
  const size = sizes.middle;

  test('can be filtered, and shows what the selected step did', async () => {
    const user = await open('training', size, 30);
    user.press('t', '/').type('encode').press('return');
    assert.deepEqual(listKeys(user), ['step:encode_merchants']);
    user.shows(/critical path {2}/, /encode_merchants · (ran|running)/);
    user.press('escape').shows(/0s .*now/);
    assert.ok(getStepRows(user.openRun()).length > 10);
  });

  test('can be drawn in ASCII without losing a mark', async () => {
    const user = await open('training', size, 110);
    user.press('t');
    const frame = renderAscii(user);
    assert.match(frame, /=x\.=/, 'a failed attempt, the pause and the next attempt');
    assert.match(frame, /-> /, 'a run that has not ended');
    assert.match(frame, /- +\| /, 'the present');
    assert.match(frame, /^[\x20-\x7e\n]*$/);
  });
});

describe.each(everySize)('the timeline of a map with 200 items at %s', (_name, size) => {
  test('shows how many items run at the same time, and expands to them', async () => {
    const user = await open('mapped', size, 30);
    user.press('t', 'g', 'j');
    assert.match(user.row(), /[⣀⣤⣶⣿]/);
    user.press('space', 'j').shows('map:e');
    assert.match(user.openRun().list.selectedKey ?? '', /^step:map:embed:/);
    user.press('space').hides('map:embed:1');
  });
});

describe.each(everySize)('the graph of a diamond at %s', (_name, size) => {
  test('can be opened, followed along its edges, swapped with the timeline and closed', async () => {
    const user = await open('training', size, 30);
    user.press('D').shows('─╮', '╯', '├');
    user.press('G').showsCursorAt('deploy_canary').press('h');
    const upstream = user.openRun().list.selectedKey;
    assert.notEqual(upstream, 'step:deploy_canary');
    user.press('l').showsCursorAt('deploy_canary');
    user.press('g', 'l').press('c').shows('╮').press('c');
    user
      .press('t')
      .shows(/0s .*now/)
      .press('D')
      .shows('─╮');
    user.press('escape').hides('─╮');
  });
});

describe('the graph of a diamond at 80x24', () => {
  const size = sizes.middle;

  test('can be filtered, and shows its edges again afterwards', async () => {
    const user = await open('training', size, 30);
    user.press('D', '/').type('train').press('return');
    assert.deepEqual(listKeys(user), ['step:train_baseline', 'step:train_gbm', 'step:train_transformer']);
    user.press('escape').shows('─╮');
    assert.ok(getStepRows(user.openRun()).length > 10);
  });

  test('can be drawn in ASCII', async () => {
    const user = await open('training', size, 30);
    user.press('D');
    assert.match(renderAscii(user), /^[\x20-\x7e\n]*$/);
    assert.match(renderAscii(user), /-,|\+-|-'/);
  });
});
