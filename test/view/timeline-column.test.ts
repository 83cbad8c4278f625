import assert from 'node:assert/strict';
import {stripVTControlCharacters} from 'node:util';
import {describe, test} from 'vitest';
import type {OpenRun} from '../../src/store/run/open-run.js';
import {getRows} from '../../src/store/selectors.js';
import type {State} from '../../src/store/state.js';
import type {Theme} from '../../src/theme/theme.js';
import {getTimelineColumnCells} from '../../src/view/list/columns.js';
import {createListTimeline} from '../../src/view/timeline/list-timeline.js';
import {testTheme} from '../support/frames.js';
import {renderLines} from '../support/rendered.js';
import {aLiveState, aMappedState, anEndedState} from '../support/screens.js';
import {reduceAll} from '../support/watching.js';

const renderAtWidth = (state: State, columns: number): readonly string[] =>
  renderLines(reduceAll(state, {type: 'size/changed', size: {columns, rows: 30}}));

const findRow = (lines: readonly string[], name: string): string =>
  lines.find(line => new RegExp(`^ . . (. )?${name}`).test(line))?.split('│')[0] ?? '';

describe('the timeline column of the list', () => {
  test('shows the bars of steps in 140 columns or more', () => {
    const wide = renderAtWidth(aLiveState(), 140);
    assert.ok(wide.some(line => /STEP .*TIME +TRY +TIMELINE +│/.test(line)));
    assert.match(findRow(wide, 'trainer'), /✗.*▸ *$/);
    assert.match(findRow(wide, 'deploy'), /╎ *$/);
    assert.doesNotMatch(renderAtWidth(aLiveState(), 139).join('\n'), /TIMELINE/);
  });

  test('shows where a step failed, and no line for now after the end', () => {
    const lines = renderAtWidth(anEndedState(), 160);
    assert.match(findRow(lines, 'trainer'), /[━─].*✗ *$/);
    assert.doesNotMatch(lines.join('\n'), /╎/);
  });

  test('shows how many items of a map are running', () => {
    assert.match(renderAtWidth(aMappedState(), 160).join('\n'), /[⣀⣤⣶⣿]/);
  });

  test('always shows the whole run, however the timeline is zoomed', () => {
    const zoomedState = reduceAll(aLiveState(), {type: 'timeline/zoomed', factor: 8});
    assert.deepEqual(renderAtWidth(zoomedState, 160), renderAtWidth(aLiveState(), 160));
  });

  test('redraws bars when they have grown visibly or something has changed, not at every key and tick', () => {
    const {openRun, now} = aLiveState();
    assert.ok(openRun !== undefined);
    const step = getRows(openRun).rows.find(({key}) => key === 'step:trainer')!;
    const paintAt = (at: number, theme: Theme, paintedRun: OpenRun = openRun) =>
      createListTimeline(paintedRun, {now: at, cells: 20, theme})(step, false);
    /** With a theme of its own, so that nothing drawn before is used. */
    const paintAnew = (at: number) => paintAt(at, {...testTheme});
    let grownAt = now;
    while (paintAnew(grownAt) === paintAnew(now)) {
      grownAt += 1000;
    }

    const short = paintAt(grownAt - 1000, testTheme);
    const movedRun = {...openRun, list: {...openRun.list, selectedKey: step.key}};
    assert.equal(paintAt(grownAt, testTheme, movedRun), short);
    assert.notEqual(paintAt(grownAt, testTheme, {...movedRun, table: {...movedRun.table}}), short);
    assert.notEqual(paintAt(grownAt + 3_600_000, testTheme), paintAnew(grownAt));
  });

  test('the background of the selected row covers the column, too', () => {
    const {openRun, now} = aLiveState();
    const [row] = getRows(openRun!).rows;
    const paintBar = createListTimeline(openRun!, {now, cells: 20, theme: testTheme});
    assert.equal(stripVTControlCharacters(paintBar(row!, true)).length, getTimelineColumnCells({timeline: 20}));
    assert.notEqual(paintBar(row!, true), paintBar(row!, false));
  });

  test('is left out if the settings do not name it', () => {
    const state = aLiveState();
    const lines = renderAtWidth({...state, session: {...state.session, columns: ['status', 'time']}}, 160);
    assert.doesNotMatch(lines.join('\n'), /TIMELINE|╎/);
  });
});
