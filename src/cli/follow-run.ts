import type {Failure} from '../domain/failure.js';
import type {RunId} from '../domain/ids.js';
import {knownRunOf} from '../report/known-run.js';
import {narrate, nothingTold} from '../report/narration.js';
import {aliveLine} from '../report/plain.js';
import {isDone} from '../report/progress.js';
import {urlOf} from '../report/summary.js';
import {nowOf} from '../store/selectors.js';
import type {State} from '../store/state.js';
import {type EndingSignal, watchExit} from '../terminal/exit.js';
import {findProject} from './find-project.js';
import {lastWord} from './last-word.js';
import type {LineOptions} from './line-options.js';
import {startOnEnd} from './on-end.js';
import {printNote} from './print.js';
import type {RunTime} from './run-time.js';
import {startScreenReader} from './screen-reader.js';
import {openStandardOutput, type StandardOutput} from './standard-output.js';
import {type Voice, voiceFor} from './voice.js';
import {startWatchSession} from './watch-session.js';

/** How following came to its end. */
export type FollowEnd =
  | {readonly by: 'run' | 'recording' | 'reader' | 'timeout' | EndingSignal}
  | {readonly by: 'lost'; readonly failure: Failure}
  | {readonly by: 'output'; readonly error: NodeJS.ErrnoException};

/** There is no screen; the store wants to know how large it is. */
const noSize = {columns: 80, rows: 24};

/** Nothing was said for this long, in milliseconds: say that we live, for those who end jobs that look dead. */
const silenceMs = 60_000;

/** Tells what happens to the run until it ends, or to one run of its pipeline after the other. Answers the exit code. */
export const followRun = async (options: LineOptions): Promise<number> => {
  const {opened, watch, isDemo} = options;
  const output = openStandardOutput();
  const voice = voiceFor(watch, output.isTty);
  const project = await findProject(opened.connection, opened.resolved.run, AbortSignal.timeout(10_000));
  const {store, stop} = startWatchSession({opened, watch, size: noSize, isDemo, project, isScreenless: true});
  const ending = endingOnce();
  const teller = createTeller(voice, output);
  const isReading = hasReader(options, output);
  if (isReading) {
    printNote('Enter tells the state, a step’s number or name its details, ? what else; q and Enter leave.');
  }

  const look = (): void => {
    const state = store.get();
    const lost = teller.tell(state, watch.giveUpAfterMs);
    if (lost !== undefined) {
      ending.end({by: 'lost', failure: lost});
    } else if (isDone(state)) {
      const isNews = teller.tellEnd(state);
      if (isReading && isNews) {
        printNote('The run is over; q and Enter leave.');
      } else if (!watch.isFollowing && !isReading) {
        ending.end({by: 'run'});
      }
    }
  };
  const stopOnEnd = startOnEnd(store, watch.onEnd, printNote);
  const unsubscribe = store.subscribe(look);
  const exit = watchExit(
    () => {},
    signal => ending.end({by: signal}),
  );
  const timer =
    watch.timeoutMs === undefined ? undefined : setTimeout(() => ending.end({by: 'timeout'}), watch.timeoutMs);
  const stopWaiting = onEndOfRecording(opened.time, () => {
    if (store.get().watch?.overAt === undefined) {
      ending.end({by: 'recording'});
    }
  });
  const stopReading = isReading
    ? startScreenReader({
        opened,
        state: store.get,
        tell: lines => output.write(voice.linesText(lines)),
        onQuit: () => ending.end({by: 'reader'}),
      })
    : () => {};
  void output.closed.then(error => ending.end({by: 'output', error}));
  look();
  const end = await ending.ended;

  unsubscribe();
  stopOnEnd();
  stop();
  clearTimeout(timer);
  stopWaiting();
  stopReading();
  exit.stop();
  return lastWord(end, store.get(), options);
};

/** A reader sits at the terminal and may ask for more, also after the end; a replay is over at once. */
const hasReader = ({watch, opened}: LineOptions, {isTty}: StandardOutput): boolean =>
  watch.isScreenReader &&
  (watch.output === 'auto' || watch.output === 'tui') &&
  isTty &&
  process.stdin.isTTY === true &&
  opened.time.replay === undefined;

/** A recording may end before its run does: then there is nothing more to tell. */
const onEndOfRecording = ({clock, replay}: RunTime, end: () => void): (() => void) =>
  replay === undefined ? () => {} : clock.after(replay.endAt + 1 - clock.now(), end);

const endingOnce = () => {
  let end: (how: FollowEnd) => void = () => {};
  const ended = new Promise<FollowEnd>(resolve => {
    end = resolve;
  });
  return {ended, end: (how: FollowEnd) => end(how)};
};

const createTeller = (voice: Voice, output: StandardOutput) => {
  let narration = nothingTold;
  let saidAt: number | undefined;
  /** The state as it was looked at last, and the run whose end has been told. */
  let before: State | undefined;
  let ended: RunId | undefined;

  /** Answers whether that was news. */
  const tellEnd = (state: State): boolean => {
    const known = knownRunOf(state);
    if (known === undefined || known.run.id === ended) {
      return false;
    }

    ended = known.run.id;
    const url = state.session.isDemo ? undefined : urlOf(state, known);
    output.write(voice.changeText({type: 'end', at: nowOf(state), known, url}));
    saidAt = state.now;
    return true;
  };

  /** Another run has been taken up: the end of the one before is told first. */
  const turnTo = (state: State): void => {
    if (before !== undefined && before.watch?.runId !== state.watch?.runId) {
      tellEnd(before);
      narration = {...nothingTold, trouble: narration.trouble};
    }

    before = state;
  };

  return {
    tellEnd,
    /** Tells what is new; answers why the server is given up, if it is. */
    tell: (state: State, giveUpAfterMs: number): Failure | undefined => {
      turnTo(state);
      const next = narrate(narration, state);
      narration = next.narration;
      output.write(next.changes.map(voice.changeText).join(''));
      saidAt = next.changes.length > 0 ? state.now : (saidAt ?? state.now);
      const known = knownRunOf(state);
      const isAlive = known !== undefined && known.run.id !== ended;
      if (voice.isPlain && !output.isTty && isAlive && state.now - saidAt >= silenceMs) {
        output.write(voice.linesText([aliveLine(known)]));
        saidAt = state.now;
      }

      const {trouble} = narration;
      return trouble !== undefined && state.now - trouble.since >= giveUpAfterMs ? trouble.failure : undefined;
    },
  };
};
