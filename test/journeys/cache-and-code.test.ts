import assert from 'node:assert/strict';
import {afterAll, beforeAll, describe, test} from 'vitest';
import type {State} from '../../src/store/state.js';
import {journeySizes, sizes} from '../support/frames.js';
import {startJourney} from '../support/journey.js';
import {type PolledDemo, startPolledDemo} from '../support/polled.js';

/** What each step says, given what the scenario changes from run 41 to run 42. Words are separated by single spaces. */
const verdicts: readonly (readonly [step: string, verdict: RegExp])[] = [
  ['load_transactions', /^Served from the cache\. .*from #41 \S+ · step load_transactions cache on/],
  ['load_labels', /^Served from the cache\. .*from #41 \S+ · step load_labels cache on/],
  ['validate_schema', /^Served from the cache\. .*from #41 \S+ · step validate_schema cache on/],
  ['profile_data', /^Served from the cache\. .*from #41 \S+ · step profile_data cache on/],
  ['build_features', /^It ran because a parameter changed.* parameter window_days 30 → 60 compared #41 /],
  ['encode_merchants', /^It ran because its code changed.* code step code changed: 3 lines added, 3 removed,/],
  [
    'split',
    /^It ran because an input changed.* input features features:41 → features:42, because build_features ran again \(window_days 30 → 60\) compared #41 /,
  ],
  [
    'train_baseline',
    /^It ran because an input changed.* input train train:41 → train:42, because split ran again \(its input features changed\) compared #41 /,
  ],
  [
    'train_gbm',
    /^It ran because a parameter and an input changed.* parameter learning_rate 0\.1 → 0\.05 input train .* because split ran again/,
  ],
  ['train_transformer', /^It ran because caching is off, set by the step \(enable_cache=False\)\. cache off/],
  [
    'evaluate',
    /^It ran because 4 inputs changed.* input gbm gbm:41 → gbm:42, because train_gbm ran again \(a parameter and an input changed\) input transformer transformer:41 → transformer:42, because train_transformer ran again \(caching is off for it\) compared #41 /,
  ],
  [
    'explain',
    /^It ran because 2 inputs changed.* input gbm .*because train_gbm .* input test .*because split ran again/,
  ],
  [
    'register_model',
    /^It ran because an input changed.* input metrics .*because evaluate ran again \(4 inputs changed\)/,
  ],
  ['deploy_canary', /^It ran because caching is off, set by the step \(enable_cache=False\)\. cache off/],
];

const demos: PolledDemo[] = [];

/** The state after the end of the scenario's run, once the cache tab of these steps has been open. */
const loadKnownState = async (scenario: string, steps: readonly string[]): Promise<State> => {
  const demo = await startPolledDemo({scenario});
  demos.push(demo);
  await demo.clock.advance(600_000);
  for (const step of steps) {
    demo.store.dispatch({type: 'step/selected', name: step});
    demo.store.dispatch({type: 'tab/chosen', tab: 'cache'});
    await demo.clock.advance(20_000);
  }

  return demo.state();
};

let trainingState: State;
let failureState: State;
beforeAll(async () => {
  trainingState = await loadKnownState(
    'training',
    verdicts.map(([step]) => step),
  );
  failureState = await loadKnownState('failure', ['convert_amounts']);
});
afterAll(async () => {
  await Promise.all(demos.map(({stop}) => stop()));
});

test.each(verdicts)('%s of the scenario training says why it ran or was cached', (step, verdict) => {
  const pane = startJourney({...trainingState, size: {columns: 120, rows: 60}})
    .dispatch({type: 'step/selected', name: step})
    .press('return', '5')
    .lines();
  const from = pane.findIndex(line => /^ Overview /.test(line)) + 1;
  const text = pane
    .slice(from)
    .join(' ')
    .replace(/[›\s]+/g, ' ')
    .trim();
  assert.match(text, verdict);
});

test('a step that has not started has no cache key yet', async () => {
  const demo = await startPolledDemo({scenario: 'training', size: sizes.wide});
  demos.push(demo);
  await demo.clock.advance(5000);
  startJourney(demo.state())
    .dispatch({type: 'step/selected', name: 'evaluate'})
    .press('5')
    .shows('no cache key yet: computed from the inputs');
});

describe.each(journeySizes)('at %s', (_, size) => {
  const startAt = (state: State, step: string) =>
    startJourney({...state, size})
      .dispatch({type: 'step/selected', name: step})
      .press('return', '5');

  test('a cached step names the run it came from', () => {
    startAt(trainingState, 'load_transactions').shows('Served from the cache', /from +#\d+/);
  });

  test('a changed parameter is shown with both values and the compared run', () => {
    startAt(trainingState, 'build_features').shows('because a parameter', /window_days +30 → 60/, /compared +#41/);
  });

  test('changed code is shown with its lines', () => {
    startAt(trainingState, 'encode_merchants')
      .shows('because its code', /3 lines\s+added,\s+3\s+removed/)
      .press('ctrl-d')
      .shows(/^ *[-+] {5}(walks|model|return)/m);
  });

  test('a new input is shown with the step that wrote it, and enter goes there', () => {
    startAt(trainingState, 'split')
      .shows('because an input', /features:\d+ → +features:\d+|build_features/)
      .press('return')
      .shows(/^ build_features /m);
  });

  test('the code tab marks the failing line, and d shows what changed since the last run', () => {
    startAt(failureState, 'convert_amounts')
      .press('7')
      .shows(/ 8 ✗ +rate = rates\[currency\]/)
      .press('d')
      .shows(/since run #\d+/);
  });
});
