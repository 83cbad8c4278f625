import type {Client} from '../api/client.js';
import {type Failure, isOutage} from '../domain/failure.js';
import type {RunId} from '../domain/ids.js';
import {findStreamedRun} from '../store/run-page/streamed-run.js';
import type {Store} from '../store/store.js';
import type {Clock} from './clock.js';

type EventStreamOptions = {
  readonly store: Store;
  readonly client: Pick<Client, 'readEventStream'>;
  readonly clock: Clock;
};

/** The first and the longest pause before a stream that was cut off is opened again, in milliseconds. */
const firstPauseMs = 2_000;
const maxPauseMs = 60_000;

/** Whether it is pointless to ask this server again. It responds with 501 if it has no message broker, for example. */
const isServerFinal = (failure: Failure): boolean =>
  failure.kind === 'no-route' || failure.kind === 'not-zenml' || (failure.kind === 'refused' && !isOutage(failure));

/** Whether it is pointless to ask again for this run. */
const isRunFinal = ({kind}: Failure): boolean => kind === 'not-found' || kind === 'forbidden';

/**
 * Streams the progress events of the run on the screen for as long as it is in progress. The stream is not requested again if the
 * server has none, or none for this run. Returns a function that stops it.
 */
export const startEventStream = ({store, client, clock}: EventStreamOptions): (() => void) => {
  const {readEventStream} = client;
  if (readEventStream === undefined) {
    return () => {};
  }

  let current: {readonly runId: RunId; readonly abort: AbortController} | undefined;
  let isStopped = false;
  /** The run whose stream has ended or was refused. */
  let endedRunId: RunId | undefined;
  let cursor: {readonly runId: RunId; readonly since: string | undefined} | undefined;
  let pauseMs = firstPauseMs;
  let pause: {readonly runId: RunId; readonly cancel: () => void} | undefined;

  const open = async (runId: RunId): Promise<void> => {
    const abort = new AbortController();
    current = {runId, abort};
    let since = cursor?.runId === runId ? cursor.since : undefined;
    const end = await readEventStream(
      runId,
      since,
      ({cursor: eventCursor, stepId, payload}) => {
        if (abort.signal.aborted) {
          return;
        }

        pauseMs = firstPauseMs;
        since = eventCursor ?? since;
        cursor = {runId, since};
        if (stepId !== undefined) {
          store.dispatch({type: 'progress/streamed', runId, stepId, payload, at: clock.now()});
        }
      },
      abort.signal,
    );
    if (abort.signal.aborted) {
      return;
    }

    current = undefined;
    const failure = end.kind === 'cut' ? end.failure : undefined;
    if (end.kind === 'run-ended' || (failure !== undefined && isRunFinal(failure))) {
      endedRunId = runId;
    } else if (failure !== undefined && isServerFinal(failure)) {
      stop();
    } else {
      const cancel = clock.after(pauseMs, () => {
        pause = undefined;
        update();
      });
      pause = {runId, cancel};
      pauseMs = Math.min(maxPauseMs, 2 * pauseMs);
    }
  };

  const update = (): void => {
    const runId = findStreamedRun(store.get());
    if (current !== undefined && current.runId !== runId) {
      current.abort.abort();
      current = undefined;
    }

    if (runId !== undefined && pause !== undefined && pause.runId !== runId) {
      pause.cancel();
      pause = undefined;
    }

    const isWanted = runId !== undefined && runId !== endedRunId && !isStopped && pause === undefined;
    if (isWanted && current === undefined) {
      void open(runId);
    }
  };

  const unsubscribe = store.subscribe(update);
  const stop = (): void => {
    isStopped = true;
    unsubscribe();
    pause?.cancel();
    current?.abort.abort();
  };
  update();
  return stop;
};
