import assert from 'node:assert/strict';
import {afterAll, beforeAll, describe, test} from 'vitest';
import {toRunId} from '../../src/domain/ids.js';
import {getNeeds} from '../../src/store/needs.js';
import type {State} from '../../src/store/state.js';
import type {Tab} from '../../src/store/ui/pane.js';
import {journeySizes, sizes} from '../support/frames.js';
import {startJourney} from '../support/journey.js';
import {type PolledDemo, startPolledDemo} from '../support/polled.js';
import {withSelected} from '../support/select.js';

let demo: PolledDemo;
/** The demo's training run after its end, with what the input and output tabs of `evaluate` and `train_gbm` need. */
let knownState: State;

const openTab = async (step: string, tab: Tab): Promise<void> => {
  demo.store.dispatch({type: 'step/selected', name: step});
  demo.store.dispatch({type: 'tab/chosen', tab});
  await demo.clock.advance(15_000);
};

beforeAll(async () => {
  demo = await startPolledDemo({scenario: 'training'});
  await demo.clock.advance(600_000);
  for (const step of ['train_gbm', 'evaluate']) {
    await openTab(step, 'inputs');
    await openTab(step, 'outputs');
  }

  demo.store.dispatch({type: 'tab/chosen', tab: 'overview'});
  knownState = demo.state();
});

afterAll(async () => {
  await demo.stop();
});

const startAt = (size: State['size'], step = 'train_gbm') =>
  startJourney({...withSelected(knownState, `step:${step}`), size});

describe.each(journeySizes)('at %s', (_, size) => {
  test('brackets and numbers switch tabs, and the tab stays when the step changes', () => {
    const user = startAt(size)
      .press('return', ']')
      .shows(/\d inputs?\b/);
    assert.equal(user.state().openRun?.pane.tab, 'inputs');
    user
      .press(']')
      .shows(/\d outputs?\b/)
      .press(']')
      .shows('parameters')
      .press('2')
      .shows(/\d inputs?\b/);
    user.press('[').shows('started').press('[');
    assert.notEqual(user.state().openRun?.pane.tab, 'overview');
    user.press('4', 'ctrl-n');
    assert.equal(user.state().openRun?.pane.tab, 'config');
    user.shows('parameters');
  });

  test('an input links to the step that wrote it, and backspace returns', () => {
    const user = startAt(size)
      .press('return', '2')
      .shows(/› ?[▸▾] \w/);
    const target = user.lines().find(line => line.startsWith('›'));
    assert.ok(target !== undefined, user.lines().join('\n'));
    user.press('return');
    const selectedKey = user.state().openRun?.list.selectedKey;
    assert.ok(selectedKey !== undefined && selectedKey !== 'step:train_gbm', selectedKey);
    assert.equal(user.state().openRun?.pane.isOpen, true);
    user.shows(selectedKey.slice('step:'.length)).press('backspace').shows('train_gbm');
    assert.equal(user.state().openRun?.list.selectedKey, 'step:train_gbm');
    assert.deepEqual(user.state().openRun?.list.trail, []);
  });

  test('outputs show what changed since the previous run, and link to the steps that use them', () => {
    const user = startAt(size)
      .press('return', '3')
      .shows(/\d outputs?\b/);
    const moveTo = (pattern: RegExp) => {
      for (let presses = 0; presses < 80 && !user.lines().some(line => pattern.test(line)); presses++) {
        user.press('j');
      }

      user.shows(pattern);
    };
    moveTo(/metadata values, changes since/);
    moveTo(/[+-][\d.,e-]+/);
    user.press('home');
    moveTo(/^›.*evaluate/m);
    user.press('return');
    assert.equal(user.state().openRun?.list.selectedKey, 'step:evaluate');
  });

  test('the configuration collapses and can be filtered by text', () => {
    const user = startAt(size)
      .press('return', '4')
      .shows(/›▾ parameters/)
      .press('space')
      .shows(/›▸ parameters/);
    user.press('return').shows(/›▾ parameters/);
    user
      .press('/', ...'cache')
      .shows('cache_policy')
      .hides('▾ parameters')
      .press('return', 'escape');
    user.shows('▾ parameters').press('escape');
    assert.equal(user.state().openRun?.pane.isOpen, false);
  });

  test('the entry under the cursor can be copied', () => {
    const user = startAt(size).press('return', '2', 'y').shows('Python code to load it').press('return');
    assert.match(
      String((user.effects()[0] as {text: string}).text),
      /^Client\(\)\.get_artifact_version\("[0-9a-f-]{36}"\)\.load\(\)$/,
    );
    assert.equal(user.state().screen.name, 'run');
    user.press('y', 'j', 'k', '2');
    assert.match(String((user.effects()[1] as {text: string}).text), /^[0-9a-f-]{36}$/);
    user.press('y', 'escape');
    assert.equal(user.effects().length, 2);
    assert.equal(user.state().screen.name, 'run');
  });

  test('no line is wider than the screen, and none wraps', () => {
    for (const step of ['train_gbm', 'evaluate', 'deploy_canary']) {
      for (const key of ['1', '2', '3', '4']) {
        const {lines} = startAt(size, step).press('return', key);
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
  const user = startAt(sizes.narrow).press('return', '2', 'j', 'j', 'ctrl-e');
  const linesBefore = user.lines();
  user.press('4', 'j', '2');
  assert.deepEqual(user.lines(), linesBefore);
  user.press('ctrl-n', 'ctrl-p');
  assert.deepEqual(user.lines(), linesBefore);
});

test('a number key in a narrow list opens the details on that tab', () => {
  startAt(sizes.narrow)
    .press('3')
    .shows(/\d outputs?\b/);
});

test('details beside the list have no cursor', () => {
  const user = startAt(sizes.wide).press('3');
  assert.ok(!user.lines().some(line => /│ ?›/.test(line)));
  user.press('return', 'escape').showsCursorAt('train_gbm');
});

test('o opens the run URL, or says why not', () => {
  const stateWithoutProject: State = {...knownState, session: {...knownState.session, project: undefined}};
  assert.deepEqual(startJourney(stateWithoutProject).press('o').shows('not known yet').effects(), []);
  const [effect] = startAt(sizes.wide).press('o').effects();
  const page = `/projects/${demo.server.projectName}/runs/${knownState.openRun!.runId}`;
  assert.ok(effect?.type === 'open-url' && effect.url.endsWith(page));
});

test('backspace returns from the run that wrote an input', () => {
  const other = toRunId('99999999-9999-4999-8999-999999999999');
  const user = startAt(sizes.middle).press('return', '2');
  user.dispatch({type: 'linkedRun/opened', runId: other, stepName: 'load'});
  assert.equal(user.state().openRun?.runId, other);
  assert.deepEqual(
    getNeeds(user.state()).map(({key}) => key),
    [`run:${other}`, `dag:${other}`, 'info'],
  );
  user.shows('99999999').press('backspace').shows('train_gbm');
  assert.equal(user.state().openRun?.runId, knownState.openRun?.runId);
  assert.equal(user.state().openRun?.pane.tab, 'inputs');
  assert.ok(
    getNeeds(user.state()).some(
      ({key, dueAt}) => key === `run:${knownState.openRun?.runId}` && dueAt <= user.state().now,
    ),
  );
});
