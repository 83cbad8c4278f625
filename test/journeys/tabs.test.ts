import assert from 'node:assert/strict';
import {afterAll, beforeAll, describe, test} from 'vitest';
import {parseRunId} from '../../src/domain/ids.js';
import {getNeeds} from '../../src/store/needs.js';
import type {State} from '../../src/store/state.js';
import type {Tab} from '../../src/store/ui/pane.js';
import {journeySizes, sizes} from '../support/frames.js';
import {journey} from '../support/journey.js';
import {type PolledDemo, startPolledDemo} from '../support/polled.js';
import {withSelected} from '../support/select.js';

let demo: PolledDemo;
/** The demo's training run after its end, with what the tabs of `evaluate` and `train_gbm` need. */
let known: State;

const look = async (step: string, tab: Tab): Promise<void> => {
  demo.store.dispatch({type: 'step/followed', name: step});
  demo.store.dispatch({type: 'tab/chosen', tab});
  await demo.clock.advance(15_000);
};

beforeAll(async () => {
  demo = await startPolledDemo({scenario: 'training'});
  await demo.clock.advance(600_000);
  for (const step of ['train_gbm', 'evaluate']) {
    await look(step, 'inputs');
    await look(step, 'outputs');
  }

  demo.store.dispatch({type: 'tab/chosen', tab: 'overview'});
  known = demo.state();
});

afterAll(async () => {
  await demo.stop();
});

const at = (size: State['size'], step = 'train_gbm') => journey({...withSelected(known, `step:${step}`), size});

describe.each(journeySizes)('at %s', (_, size) => {
  test('brackets and numbers switch tabs, and the tab stays when the step changes', () => {
    const reader = at(size)
      .press('return', ']')
      .shows(/\d inputs?\b/);
    assert.equal(reader.state().openRun?.pane.tab, 'inputs');
    reader
      .press(']')
      .shows(/\d outputs?\b/)
      .press(']')
      .shows('parameters')
      .press('2')
      .shows(/\d inputs?\b/);
    reader.press('[').shows('started').press('[');
    assert.notEqual(reader.state().openRun?.pane.tab, 'overview');
    reader.press('4', 'ctrl+n');
    assert.equal(reader.state().openRun?.pane.tab, 'config');
    reader.shows('parameters');
  });

  test('an input links to the step that wrote it, and back', () => {
    const reader = at(size)
      .press('return', '2')
      .shows(/› ?[▸▾] \w/);
    const target = reader.lines().find(line => line.startsWith('›'));
    assert.ok(target !== undefined, reader.lines().join('\n'));
    reader.press('return');
    const selected = reader.state().openRun?.list.selected;
    assert.ok(selected !== undefined && selected !== 'step:train_gbm', selected);
    assert.equal(reader.state().openRun?.pane.isOpen, true);
    reader.shows(selected.slice('step:'.length)).press('backspace').shows('train_gbm');
    assert.equal(reader.state().openRun?.list.selected, 'step:train_gbm');
    assert.deepEqual(reader.state().openRun?.list.trail, []);
  });

  test('outputs show what changed since the last run, and link to the steps that use them', () => {
    const reader = at(size)
      .press('return', '3')
      .shows(/\d outputs?\b/);
    const moveTo = (pattern: RegExp) => {
      for (let presses = 0; presses < 80 && !reader.lines().some(line => pattern.test(line)); presses++) {
        reader.press('j');
      }

      reader.shows(pattern);
    };
    moveTo(/metadata values, changes since/);
    moveTo(/[+-][\d.,e-]+/);
    reader.press('home');
    moveTo(/^›.*evaluate/m);
    reader.press('return');
    assert.equal(reader.state().openRun?.list.selected, 'step:evaluate');
  });

  test('the configuration collapses and can be filtered by text', () => {
    const reader = at(size)
      .press('return', '4')
      .shows(/›▾ parameters/)
      .press('space')
      .shows(/›▸ parameters/);
    reader.press('return').shows(/›▾ parameters/);
    reader
      .press('/', ...'cache')
      .shows('cache_policy')
      .hides('▾ parameters')
      .press('return', 'escape');
    reader.shows('▾ parameters').press('escape');
    assert.equal(reader.state().openRun?.pane.isOpen, false);
  });

  test('the entry under the cursor can be copied', () => {
    const reader = at(size).press('return', '2', 'y').shows('Python code to load it').press('return');
    assert.match(
      String((reader.effects()[0] as {text: string}).text),
      /^Client\(\)\.get_artifact_version\("[0-9a-f-]{36}"\)\.load\(\)$/,
    );
    assert.equal(reader.state().screen.name, 'run');
    reader.press('y', 'j', 'k', '2');
    assert.match(String((reader.effects()[1] as {text: string}).text), /^[0-9a-f-]{36}$/);
    reader.press('y', 'escape');
    assert.equal(reader.effects().length, 2);
    assert.equal(reader.state().screen.name, 'run');
  });

  test('no line is wider than the screen, and none wraps', () => {
    for (const step of ['train_gbm', 'evaluate', 'deploy_canary']) {
      for (const key of ['1', '2', '3', '4']) {
        const {lines} = at(size, step).press('return', key);
        assert.equal(lines().length, size.rows);
        assert.ok(
          lines().every(line => line.length <= size.columns),
          lines().join('\n'),
        );
      }
    }
  });
});

test('scroll position and cursor are kept per step and tab', () => {
  const reader = at(sizes.narrow).press('return', '2', 'j', 'j', 'ctrl+e');
  const before = reader.lines();
  reader.press('4', 'j', '2');
  assert.deepEqual(reader.lines(), before);
  reader.press('ctrl+n', 'ctrl+p');
  assert.deepEqual(reader.lines(), before);
});

test('a number key in a narrow list opens the details on that tab', () => {
  at(sizes.narrow)
    .press('3')
    .shows(/\d outputs?\b/);
});

test('details beside the list only scroll and have no cursor', () => {
  const reader = at(sizes.wide).press('3');
  assert.ok(!reader.lines().some(line => /│ ?›/.test(line)));
  reader.press('return', 'escape').selects('train_gbm');
});

test('o opens the run URL, or says why not', () => {
  const nameless: State = {...known, session: {...known.session, project: undefined}};
  assert.deepEqual(journey(nameless).press('o').shows('not known yet').effects(), []);
  const [effect] = at(sizes.wide).press('o').effects();
  const page = `/projects/${demo.server.projectName}/runs/${known.openRun!.runId}`;
  assert.ok(effect?.type === 'open-url' && effect.url.endsWith(page));
});

test('an input written by another run links there and back', () => {
  const other = parseRunId('99999999-9999-4999-8999-999999999999');
  const reader = at(sizes.middle).press('return', '2');
  reader.happens({type: 'run/followed', runId: other, stepName: 'load'});
  assert.equal(reader.state().openRun?.runId, other);
  assert.deepEqual(
    getNeeds(reader.state()).map(({key}) => key),
    [`run:${other}`, `dag:${other}`, 'info'],
  );
  reader.shows('99999999').press('backspace').shows('train_gbm');
  assert.equal(reader.state().openRun?.runId, known.openRun?.runId);
  assert.equal(reader.state().openRun?.pane.tab, 'inputs');
  assert.ok(
    getNeeds(reader.state()).some(
      ({key, dueAt}) => key === `run:${known.openRun?.runId}` && dueAt <= reader.state().now,
    ),
  );
});
