import type {Attempt} from '../../src/domain/attempt.js';
import {toRunId} from '../../src/domain/ids.js';
import type {Status} from '../../src/domain/status.js';
import type {Action} from '../../src/store/action.js';
import type {State} from '../../src/store/state.js';
import {aDag, aDagStep, aDetail, anAttempt, anException, anInput, anOutput, aRun, aStepConfig, at} from './builders.js';
import {anOpenLogState, buildEpochs, createLogArrival, hostileEntries} from './log-states.js';
import {buildSteps, failedTraining, mapped, training} from './runs.js';
import {withSelected} from './select.js';
import {aConnectingState, aWatchingState, createArrival, createFailedRequest, reduceAll} from './watching.js';

export const traceback = `Traceback (most recent call last):
  File "/app/train.py", line 12, in trainer
    loss = model.fit(batch)
  File "/usr/lib/python3.11/site-packages/torch/nn.py", line 40, in fit
    raise RuntimeError("CUDA out of memory")
RuntimeError: CUDA out of memory
`;

const createTick = (seconds: number): Action => ({type: 'clock/ticked', now: at(seconds)});

/** The details of an attempt of the trainer, with its exception unless it is running. */
const createTrainerArrival = (number: number, status: Status, startedAt: number, endedAt?: number): Action => {
  const attempt: Attempt = anAttempt({
    name: 'trainer',
    number,
    status,
    startedAt: at(startedAt),
    endedAt: endedAt === undefined ? undefined : at(endedAt),
    inputs: [anInput()],
    outputs: endedAt === undefined ? [] : [anOutput()],
  });
  const detail = aDetail({
    attempt,
    config: aStepConfig({
      retry: {maxRetries: 2, delaySeconds: 10, backoff: 2},
      isCacheEnabled: false,
      stepOperator: 'vertex-gpu',
    }),
    sourceCode: 'def trainer(batch):\n  model = build()\n  loss = model.fit(batch)\n',
    exception: status === 'running' ? undefined : anException({traceback}),
  });
  return createArrival(`step:${attempt.id}`, {kind: 'step', detail}, at(600));
};

export const aLiveState = (): State => reduceAll(aWatchingState(training), createTick(601.5));

/** The trainer's second attempt is selected, and everything about it is loaded. */
export const aRetriedState = (): State =>
  reduceAll(
    withSelected(aLiveState(), 'step:trainer'),
    createTrainerArrival(1, 'retried', 20, 61),
    createTrainerArrival(2, 'running', 71),
  );

export const anEndedState = (): State =>
  reduceAll(
    aWatchingState({...failedTraining, run: aRun({status: 'failed'})}),
    createTrainerArrival(1, 'retried', 20, 61),
    createTrainerArrival(2, 'failed', 71, 580),
    createTick(801),
  );

export const aMappedState = (): State =>
  reduceAll(aWatchingState({...mapped, run: aRun({isDynamic: true})}), createTick(601.5));

const oneBranch = buildSteps([
  ['load', 'cached', 1, 1],
  ['validate', 'completed', 2, 14],
  ['split', 'completed', 14, 40],
  ['train', 'running', 40],
  ['deploy', 'waiting'],
]);

/** A previous run in which training took the given number of seconds, and deploying 300. */
const createPreviousDag = (letter: string, trainSeconds: number): Action => {
  const times: readonly (readonly [name: string, startedAt: number, seconds: number])[] = [
    ['train', 0, trainSeconds],
    ['deploy', trainSeconds, 300],
  ];
  const steps = times.map(([name, startedAt, seconds]) =>
    aDagStep({
      name,
      status: {status: 'completed', statusWord: 'completed'},
      startedAt: at(startedAt),
      durationMs: seconds * 1000,
    }),
  );
  const previousId = toRunId(letter);
  return createArrival(
    `previous-dag:${letter}`,
    {kind: 'previous-dag', runId: aRun().id, previousId, dag: aDag({steps}), retried: []},
    at(600),
  );
};

/** Judging by the two previous runs, this run, whose training has taken 561 s so far, will take another 339 s or 939 s. */
export const anEstimatedState = (): State => {
  const runs = ['a', 'b'].map(letter => aRun({id: toRunId(letter), status: 'completed', endedAt: at(0)}));
  return reduceAll(
    aWatchingState(oneBranch),
    createArrival('previous-runs', {kind: 'previous-runs', runId: aRun().id, runs}, at(600)),
    createPreviousDag('a', 600),
    createPreviousDag('b', 1200),
    createTick(601.5),
  );
};

export const aPausedState = (): State => reduceAll(aLiveState(), {type: 'polling/toggled'}, createTick(643));

/** The server has not responded for 43 seconds. */
export const aStaleState = (): State => {
  const key = `steps:newest:${aRun().id}`;
  return reduceAll(
    aLiveState(),
    createFailedRequest(key, {kind: 'timed-out', afterMs: 10_000}, at(640)),
    createTick(643),
  );
};

export const anUnreachableState = (): State =>
  reduceAll(
    aConnectingState(),
    createFailedRequest(
      `run:${aRun().id}`,
      {kind: 'unreachable', host: 'zenml.example.com', reason: 'connection refused'},
      at(603),
    ),
    createTick(604),
  );

export const anEmptyState = (): State => reduceAll(aWatchingState(), createTick(601.5));

const hostileName = 'evil\x1b]52;c;Zm9v\x07\x1b[2J\u202e\n数据集\u{1f680}'.repeat(20);

/** Hostile names, a hostile reason and a hostile question. */
const aHostileState = (): State =>
  reduceAll(
    aWatchingState({
      run: aRun({
        name: hostileName,
        pipeline: {...aRun().pipeline!, name: hostileName},
        statusReason: hostileName,
        waitCondition: {id: 'w', name: hostileName, question: hostileName},
      }),
      attempts: [
        anAttempt({name: hostileName, status: 'failed'}),
        anAttempt({name: `${hostileName}2`, status: 'running'}),
      ],
    }),
    createTick(700),
  );

export const aHelpState = (): State => reduceAll(aLiveState(), {type: 'help/toggled'});
export const anOpenPaneState = (): State => reduceAll(aRetriedState(), {type: 'pane/toggled'});
export const aNoticeState = (): State =>
  reduceAll(aLiveState(), {type: 'notice/shown', text: 'no failed steps', tone: 'info'});

const aLogState = (): State => reduceAll(anOpenLogState(), createLogArrival(buildEpochs(300)));

const aHostileLogState = (): State =>
  reduceAll(anOpenLogState(), createLogArrival(hostileEntries), {type: 'log/wrapToggled'});

/** States of the screens about one run, by name. */
export const screens: Readonly<Record<string, () => State>> = {
  live: aLiveState,
  retried: aRetriedState,
  ended: anEndedState,
  mappedRun: aMappedState,
  estimated: anEstimatedState,
  paused: aPausedState,
  stale: aStaleState,
  connecting: aConnectingState,
  unreachable: anUnreachableState,
  empty: anEmptyState,
  hostile: aHostileState,
  help: aHelpState,
  openPane: anOpenPaneState,
  notice: aNoticeState,
  log: aLogState,
  hostileLog: aHostileLogState,
  emptyLog: () => anOpenLogState(),
};
