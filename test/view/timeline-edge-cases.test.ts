import assert from 'node:assert/strict';
import {describe, test} from 'vitest';
import {createTimeScale} from '../../src/domain/timeline/scale.js';
import {computeTicks} from '../../src/domain/timeline/ticks.js';
import {countCells} from '../../src/format/cells.js';
import {aDag, aDagStep, anAttempt, aRun, at} from '../support/builders.js';
import {sizes} from '../support/frames.js';
import {startJourney} from '../support/journey.js';
import {aWatchingState, type WatchedRun} from '../support/watching.js';

const open = (watching: WatchedRun, ...keys: readonly string[]) => {
  const user = startJourney(aWatchingState(watching)).press(...keys);
  const findRow = (name: string): string => {
    const row = user.lines().find(line => new RegExp(`^ .{1,20}\\b${name}\\b`).test(line));
    assert.ok(row !== undefined, `no row ${name} in\n${user.lines().join('\n')}`);
    return row;
  };
  return {user, findRow};
};

const day = 24 * 3600 * 1000;

describe('a run of unusual length', () => {
  test('of years has ticks of whole weeks, at least ten cells apart', () => {
    const scale = createTimeScale({from: 0, to: 3 * 365 * day}, 80);
    const ticks = computeTicks(scale, 0);
    assert.ok(ticks.length >= 4 && ticks.length <= 8);
    assert.ok(ticks.every(tick => tick % (7 * day) === 0));
    assert.ok((ticks[1] ?? 0) - (ticks[0] ?? 0) >= 10 * scale.msPerCell);
  });

  test('of no time at all is drawn', () => {
    const run = aRun({status: 'completed', startedAt: at(1), endedAt: at(1)});
    const {findRow} = open({run, attempts: [anAttempt({name: 'train', startedAt: at(1), endedAt: at(1)})]}, 't');
    assert.match(findRow('train'), /train +[╺╸━]/);
  });
});

describe('a step with many attempts', () => {
  const attempts = Array.from({length: 13}, (_, index) =>
    anAttempt({
      name: 'train',
      number: index + 1,
      status: index < 12 ? 'retried' : 'running',
      startedAt: at(10 + index * 2),
      ...(index < 12 ? {endedAt: at(11 + index * 2)} : {}),
    }),
  );
  const dag = aDag({steps: [aDagStep({name: 'train'})]});

  test('shows that some failed, however little room they have, and how many there were', () => {
    const {user, findRow} = open({dag, attempts, size: {columns: 80, rows: 24}}, 't');
    assert.match(findRow('train'), /train +⋅*✗+[╺━]+▸/);
    user.shows('in 13 attempts').press('t');
    assert.match(findRow('train'), /running +9m 26s +13 *$/);
  });

  test('has a bar for the attempts that are known if a server returns only the last one', () => {
    const {user, findRow} = open({dag, attempts: attempts.slice(-1)}, 't');
    assert.match(findRow('train'), /train .*[╺━]+▸/);
    user.hides('13 attempts').press('t');
    assert.match(findRow('train'), /running +9m 26s +13 /);
  });

  test('is counted in the panel of its group', () => {
    const group = {id: 'map:embed:', name: 'embed', type: 'map'} as const;
    const items = ['map:embed:0', 'map:embed:1'];
    const {user} = open(
      {
        run: aRun({isDynamic: true}),
        dag: aDag({steps: items.map(name => aDagStep({name, group}))}),
        attempts: [
          anAttempt({name: 'map:embed:0', number: 1, status: 'retried', startedAt: at(1), endedAt: at(5)}),
          anAttempt({name: 'map:embed:0', number: 2, startedAt: at(9), endedAt: at(15)}),
          anAttempt({name: 'map:embed:1', startedAt: at(1), endedAt: at(15)}),
        ],
      },
      't',
      'g',
    );
    user.shows('embed · 2 of 2 done', 'at most 2 at once', '1 needed another attempt');
  });
});

describe('after a failure', () => {
  const run = aRun({status: 'failed', endedAt: at(60)});
  const dag = aDag({
    steps: [
      aDagStep({name: 'load'}),
      aDagStep({name: 'train', upstream: ['load']}),
      aDagStep({name: 'deploy', upstream: ['train']}),
    ],
  });
  const attempts = [
    anAttempt({name: 'load', status: 'cached', startedAt: at(1), endedAt: at(1)}),
    anAttempt({name: 'train', status: 'failed', startedAt: at(2), endedAt: at(50)}),
  ];

  test('a step that never ran has neither a bar nor a forecast', () => {
    const {user, findRow} = open({run, dag, attempts}, 't', 'G');
    assert.match(findRow('deploy'), /^ › ∅ deploy +$/);
    user.shows('deploy · did not run');
  });

  test('the panel of the graph names the failed step above a step that never ran', () => {
    open({run, dag, attempts}, 'D', 'G')
      .user.showsCursorAt('deploy')
      .shows(/follows +✗ train/);
  });

  test('a cached step on the critical path is a mark without a bar', () => {
    const {user, findRow} = open({run, dag, attempts}, 't');
    assert.match(findRow('load'), /↺ load +⋅?↺ /);
    assert.doesNotMatch(findRow('load'), /[━─]/);
    user.shows(/critical path {2}load › train/);
  });

  test.each([
    ['stopped', '⊡'],
    ['cancelled', '⊘'],
  ] as const)('a step that was %s ends with its mark', (status, mark) => {
    const endedAttempt = anAttempt({name: 'train', status, startedAt: at(2), endedAt: at(50)});
    const {findRow} = open({run: {...run, status: 'stopped'}, dag, attempts: [attempts[0]!, endedAttempt]}, 't');
    assert.match(findRow('train'), new RegExp(`[━─]${mark}`));
  });
});

describe('names with arbitrary text', () => {
  const names = ['a\u001b[31mred', '数据'.repeat(30), 'x'.repeat(200), 'tab\tand\nnewline', 'e\u0301 combining'];

  test.each([sizes.wide, sizes.middle, sizes.narrow])('do not move rails or bars, on a screen of %o', size => {
    const dag = aDag({steps: names.map((name, index) => aDagStep({name, upstream: index === 0 ? [] : [names[0]!]}))});
    const attempts = names.map((name, index) =>
      anAttempt({name, startedAt: at(index === 0 ? 1 : 11), endedAt: at(index === 0 ? 10 : 30)}),
    );
    const graph = open({dag, attempts, size}, 'D').user.lines();
    const rails = graph.flatMap(line => /^ [› ] ([✓├╰│─╮╯┤ ]{1,4}✓|✓)/.exec(line)?.[1] ?? []);
    assert.deepEqual(rails, ['✓', '├─✓', '├─✓', '├─✓', '╰─✓'], graph.join('\n'));
    const timeline = open({dag, attempts, size}, 't').user.lines();
    const bars = timeline.filter(line => /^ . ✓ .*[━╺─╶]/.test(line) && !line.includes('run'));
    assert.equal(bars.length, names.length, timeline.join('\n'));
    const columns = bars.slice(1).map(line => countCells(line.slice(0, line.search(/[━╺╸─╶╴]/))));
    assert.equal(new Set(columns).size, 1, timeline.join('\n'));
  });
});
