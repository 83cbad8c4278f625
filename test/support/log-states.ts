import type {Attempt} from '../../src/domain/attempt.js';
import {toStepId} from '../../src/domain/ids.js';
import type {LogEntry, LogSource} from '../../src/domain/log/entry.js';
import type {Action} from '../../src/store/action.js';
import type {State} from '../../src/store/state.js';
import {aDetail, aLogEntry, anAttempt, aRun, at} from './builders.js';
import {training} from './runs.js';
import {aWatchingState, createArrival, reduceAll} from './watching.js';

export const buildLogSources = (...names: readonly string[]): readonly LogSource[] =>
  names.map(source => ({id: `log-${source}`, source}));

const aTrainer = (changes: Partial<Attempt> = {}): Attempt =>
  anAttempt({
    name: 'trainer',
    number: 2,
    status: 'running',
    startedAt: at(71),
    logSources: buildLogSources('prepare_step', 'step'),
    ...changes,
  });

export const createTrainerArrival = (changes: Partial<Attempt> = {}, originalStepId?: string): Action => {
  const attempt = aTrainer(changes);
  const detail = aDetail({
    attempt,
    ...(originalStepId === undefined ? {} : {originalStepId: toStepId(originalStepId)}),
  });
  return createArrival(`step:${attempt.id}`, {kind: 'step', detail}, at(600));
};

export const getLogKey = (source: string): string => `log:step:${aTrainer().id}:log-${source}`;

/** The whole log arrives, as it was at `requestedAt`. */
export const createLogArrival = (entries: readonly LogEntry[], source = 'step', requestedAt = at(600)): Action =>
  createArrival(getLogKey(source), {kind: 'log', subject: {kind: 'step', stepId: aTrainer().id}, entries}, requestedAt);

export const createRunLogArrival = (entries: readonly LogEntry[]): Action => {
  const {id} = aRun();
  return createArrival(`log:run:${id}:log-client`, {kind: 'log', subject: {kind: 'run', runId: id}, entries}, at(600));
};

const trainingRun = aRun({logSources: buildLogSources('client')});

/** The trainer's log fills the screen, and none of it has arrived yet. */
export const anOpenLogState = (changes: Partial<Attempt> = {}, originalStepId?: string): State =>
  reduceAll(
    aWatchingState({...training, run: trainingRun}),
    createTrainerArrival(changes, originalStepId),
    {type: 'step/selected', name: 'trainer'},
    {type: 'tab/chosen', tab: 'logs'},
    {type: 'pane/toggled'},
  );

/** The given number of epochs, one a second; the 300th is written at 600 s. Every hundredth is a warning. */
export const buildEpochs = (count: number): readonly LogEntry[] =>
  Array.from({length: count}, (_, index) =>
    aLogEntry({
      id: `epoch-${index}`,
      message: index % 100 === 99 ? `epoch ${index}: the loss does not fall` : `epoch ${index} loss ${index % 7}`,
      level: index % 100 === 99 ? 30 : 20,
      at: at(301 + index),
    }),
  );

export const hostileEntries: readonly LogEntry[] = [
  '\x1b]52;c;Zm9v\x07\x1b[2J\x1b[1;1Hgone',
  '\x1b[31;8mhidden\x1b[5m blinking',
  '\u202egnp.exe\u2069',
  'a\tb\rc\x00d\x9b31m\u2028e',
  '数据集\u{1f680}'.repeat(3000),
  'e\u0301'.repeat(500),
  '\ud800 half a character',
  ...Array.from({length: 40}, (_, index) => `\x1b[3${index % 8}mline ${index}`),
].map((message, index) => aLogEntry({id: `hostile-${index}`, message, level: index % 60}));
