import {computeQuantile} from '../support/quantile.js';
/**
 * A log of 50,000 entries compared with one of 500: the first screen, a page, a search, and a poll that adds 20 entries. Each
 * figure is the time from the key or the response to the rendered frame. To run only this part: npm run bench -- --only logs
 */

import type {LogEntry} from '../../src/domain/log/entry.js';
import {emptyLogTail, withLogEntries} from '../../src/domain/log/tail.js';
import type {Action} from '../../src/store/action.js';
import {createStore, type Store} from '../../src/store/store.js';
import {pressKey} from '../../src/view/press-key.js';
import {aLogEntry} from '../support/builders.js';
import {renderRawFrame} from '../support/frames.js';
import {anOpenLogState, createLogArrival} from '../support/log-states.js';
import {reduceAll} from '../support/watching.js';

/** New strings each time, as from a response: none is shared with the previous one. */
const createEntries = (count: number): readonly LogEntry[] =>
  Array.from({length: count}, (_, index) =>
    aLogEntry({
      id: `entry-${index}`,
      message: `epoch ${index} of the training: loss ${((index * 7919) % 1009) / 1009}, ${index % 83} batches a second`,
      level: index % 10 === 9 ? 40 : 20,
    }),
  );

type Task = {readonly name: string; readonly prepare: (store: Store) => void; readonly work: (store: Store) => void};

const press = (store: Store, ...keys: readonly string[]): void => {
  for (const key of keys) {
    pressKey(key, {store, getUtcOffset: () => 0, onEffect: () => {}});
  }
};

const createTasks = (count: number): readonly Task[] => {
  const arrivals = [createLogArrival(createEntries(count + 20)), createLogArrival(createEntries(count + 40))] as const;
  let polls = 0;
  const poll = (): Action => arrivals[polls++ % 2] ?? arrivals[0];
  return [
    {name: 'first screen', prepare: () => {}, work: () => {}},
    {name: 'a page up', prepare: store => press(store, 'pageup'), work: store => press(store, 'pageup')},
    {name: 'a page up, wrapped', prepare: store => press(store, 'w', 'pageup'), work: store => press(store, 'pageup')},
    {name: 'to the beginning', prepare: () => {}, work: store => press(store, 'home')},
    {name: 'search, first letter', prepare: store => press(store, '/'), work: store => press(store, 'b')},
    {name: 'search, third letter', prepare: store => press(store, '/', 'b', 'a'), work: store => press(store, 't')},
    {name: 'search, a rare text', prepare: store => press(store, '/', '4', '9'), work: store => press(store, '9')},
    {
      name: 'next line found',
      prepare: store => press(store, 'home', '/', '4', '9', '9', 'return'),
      work: store => press(store, 'n'),
    },
    {name: 'errors only', prepare: store => press(store, 'l'), work: store => press(store, 'l')},
    {name: 'a poll that adds 20', prepare: store => store.dispatch(poll()), work: store => store.dispatch(poll())},
  ];
};

const createLogStore = (entries: readonly LogEntry[]): Store =>
  createStore(reduceAll(anOpenLogState(), createLogArrival(entries)));

const measureTime = ({prepare, work}: Task, entries: readonly LogEntry[], isDrawn: boolean): number => {
  const store = createLogStore(entries);
  prepare(store);
  renderRawFrame(store.get());
  const from = performance.now();
  work(store);
  if (isDrawn) {
    renderRawFrame({...store.get(), now: store.get().now + 1000});
  }
  return performance.now() - from;
};

const [few, many] = [500, 50_000];
const logs = {few: createEntries(few), many: createEntries(many)};
const tasks = {few: createTasks(few), many: createTasks(many)};
const tries = 25;
/** The lower quartile, which is hardly affected by other load on the machine. */
const getLowerQuartile = (values: readonly number[]): number => computeQuantile(values, 0.25);
const formatMs = (ms: number): string => ms.toFixed(1).padStart(6);

console.log(
  `\nLogs: ${few} entries compared with ${many.toLocaleString('en')}, milliseconds until the whole frame (120x30) is drawn, lower quartile of ${tries}`,
);
console.log('                            500   50,000   ratio   without drawing');
for (const [index, task] of tasks.few.entries()) {
  const large = tasks.many[index] ?? task;
  const times = {few: [] as number[], many: [] as number[], bareFew: [] as number[], bareMany: [] as number[]};
  for (let round = 0; round < tries + 5; round++) {
    // Interleaved, so that other load on the machine affects both; the first rounds are a warm-up.
    const both = [measureTime(task, logs.few, true), measureTime(large, logs.many, true)] as const;
    const bare = [measureTime(task, logs.few, false), measureTime(large, logs.many, false)] as const;
    if (round < 5) {
      continue;
    }
    times.few.push(both[0]);
    times.many.push(both[1]);
    times.bareFew.push(bare[0]);
    times.bareMany.push(bare[1]);
  }

  const ratio = getLowerQuartile(times.many) / getLowerQuartile(times.few);
  console.log(
    `${task.name.padEnd(24)}${formatMs(getLowerQuartile(times.few))} ${formatMs(getLowerQuartile(times.many))}   ${ratio.toFixed(2)}   ${formatMs(getLowerQuartile(times.bareFew))} ${formatMs(getLowerQuartile(times.bareMany))}`,
  );
}

const measureHeapMb = (): number => {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed / 1_048_576;
};
const heapBeforeMb = measureHeapMb();
const tail = withLogEntries(emptyLogTail, createEntries(many));
const tailMb = measureHeapMb() - heapBeforeMb;
const note = globalThis.gc === undefined ? ' (with garbage: start node with --expose-gc)' : '';
console.log(
  `heap for ${many.toLocaleString('en')} entries of ${Math.round(tail.lines.charCount / many)} characters: ${tailMb.toFixed(1)} MB${note}`,
);
