import {afterAll, beforeAll, describe, test} from 'vitest';
import type {State} from '../../src/store/state.js';
import {sizes} from '../support/frames.js';
import {journey} from '../support/journey.js';
import {type PolledDemo, startPolledDemo} from '../support/polled.js';

const demos: PolledDemo[] = [];

/** What is known of a scenario when all of it has ended and these steps were looked at under the Cache and Code tabs. */
const knownOf = async (scenario: string, steps: readonly string[]): Promise<State> => {
  const demo = await startPolledDemo({scenario});
  demos.push(demo);
  await demo.clock.advance(600_000);
  for (const step of steps) {
    demo.store.dispatch({type: 'selection/set', key: `step:${step}`});
    demo.store.dispatch({type: 'tab/chosen', tab: 'cache'});
    await demo.clock.advance(20_000);
  }

  return demo.state();
};

let training: State;
let failure: State;
beforeAll(async () => {
  training = await knownOf('training', ['load_transactions', 'build_features', 'encode_merchants', 'split']);
  failure = await knownOf('failure', ['convert_amounts']);
}, 60_000);
afterAll(async () => {
  await Promise.all(demos.map(({stop}) => stop()));
});

describe.each([
  ['120x30', sizes.wide],
  ['80x24', sizes.middle],
  ['45x20', sizes.narrow],
] as const)('at %s', (_, size) => {
  const at = (state: State, step: string) =>
    journey({...state, size})
      .happens({type: 'selection/set', key: `step:${step}`})
      .press('return', '5');

  test('a step served from the cache names the run and step it came from', () => {
    at(training, 'load_transactions').shows('Served from the cache', /from +#\d+/);
  });

  test('a changed parameter is told with both values, and the run it was compared with', () => {
    at(training, 'build_features').shows('because a parameter', /window_days +30 → 60/, /compared +#41/);
  });

  test('changed code is told with its lines', () => {
    at(training, 'encode_merchants')
      .shows('because its code', /3 lines\s+added, 3 removed/)
      .press('ctrl+d')
      .shows(/^ *[-+] {5}(walks|model|return)/m);
  });

  test('a new input is told with the step that wrote it, and enter goes there', () => {
    at(training, 'split')
      .shows('because an input', /features:\d+ → +features:\d+|build_features/)
      .press('return')
      .shows(/^ build_features /m);
  });

  test('the code tab marks the line that broke, and d shows what changed since the last run', () => {
    at(failure, 'convert_amounts')
      .press('7')
      .shows(/ 8 ✗ +rate = rates\[currency\]/)
      .press('d')
      .shows(/the same as in run #\d+|since run #\d+/);
  });
});
