import {replayEndGraceMs} from '../../recording/replay-transport.js';
import {isReportComplete} from '../../report/completeness.js';
import type {State} from '../../store/state.js';
import {watchExit} from '../../terminal/exit.js';
import {isHangUpIgnored} from '../../terminal/hang-up.js';
import {fetchRunProject} from '../opening/fetch-run-project.js';
import {startLongTimer} from '../opening/long-timer.js';
import type {RunTime} from '../opening/run-time.js';
import {createChangeFormatter} from '../printing/change-formatter.js';
import {createChangePrinter} from '../printing/change-printer.js';
import {printNote} from '../printing/print.js';
import {openStandardOutput, type StandardOutput} from '../printing/standard-output.js';
import type {LineOptions} from './line-options.js';
import {startOnEnd} from './on-end.js';
import {startOnQuiet} from './on-quiet.js';
import {type FollowEnd, reportFollowEnd} from './report-end.js';
import {serveUserRequests} from './serve-user-requests.js';
import {startWatchSession} from './watch-session.js';

/** The store needs a screen size, although there is no screen. */
const virtualSize = {columns: 80, rows: 24};

/** How long fetching the project may delay the first line, in milliseconds: only the URL of the run needs it. */
const maxProjectMs = 10_000;

/** Prints what happens to the run until it ends, or to successive runs of its pipeline. Returns the exit code. */
export const followRun = async (options: LineOptions): Promise<number> => {
  const {opened, watch, isDemo, remainingMs} = options;
  const output = openStandardOutput();
  const formatter = createChangeFormatter(watch, output.isTty);
  const project = await fetchRunProject(opened.connection, opened.resolved.run, AbortSignal.timeout(maxProjectMs));
  const {store, stop} = startWatchSession({opened, watch, size: virtualSize, isDemo, project, isScreenless: true});
  const ending = createEnding();
  const printer = createChangePrinter(formatter, output);
  const isReading = hasInteractiveUser(options, output);
  if (isReading) {
    printNote('Press Enter for the state, type a step number or name for its details, ? for help, q to quit.');
  }

  const update = (): void => {
    const state = store.get();
    const failure = printer.printChanges(state, watch.giveUpAfterMs);
    if (failure !== undefined) {
      ending.end({by: 'lost', failure});
    } else if (isReportComplete(state) || (isGone(state) && state.openRun?.overAt !== undefined)) {
      const isNews = printer.printEnd(state);
      if (isReading && isNews) {
        printNote('The run has ended; type q to quit.');
      } else if (!watch.isFollowing && !isReading) {
        ending.end({by: 'run'});
      }
    } else if (isGone(state) && !watch.isFollowing && !isReading) {
      ending.end({by: 'gone'});
    }
  };
  const stopOnEnd = startOnEnd(store, watch.onEnd, printNote);
  const stopOnQuiet = startOnQuiet(store, watch.onQuiet, printNote);
  const unsubscribe = store.subscribe(update);
  const exit = watchExit(
    () => {},
    signal => ending.end({by: signal}),
    isHangUpIgnored(process.env),
  );
  const stopTimer =
    remainingMs === undefined ? () => {} : startLongTimer(remainingMs, () => ending.end({by: 'timeout'}));
  const stopRecordingEndTimer = startRecordingEndTimer(opened.time, () => {
    if (store.get().openRun?.overAt === undefined) {
      ending.end({by: 'recording'});
    }
  });
  const stopReading = isReading
    ? serveUserRequests({
        opened,
        getState: store.get,
        print: lines => output.write(formatter.formatLines(lines)),
        onQuit: () => ending.end({by: 'user'}),
      })
    : () => {};
  void output.closed.then(error => ending.end({by: 'output', error}));
  update();
  const end = await ending.ended;

  unsubscribe();
  stopOnEnd();
  stopOnQuiet();
  stop();
  stopTimer();
  stopRecordingEndTimer();
  stopReading();
  exit.stop();
  return reportFollowEnd(end, store.get(), options);
};

const isGone = ({openRun}: State): boolean => openRun?.goneAt !== undefined;

/** Whether a user at the terminal may request more, even after the end; a replay ends at once. */
const hasInteractiveUser = ({watch, opened}: LineOptions, {isTty}: StandardOutput): boolean =>
  watch.isScreenReader &&
  (watch.output === 'auto' || watch.output === 'tui') &&
  isTty &&
  process.stdin.isTTY === true &&
  opened.time.replay === undefined;

/** A recording may end before its run does. */
const startRecordingEndTimer = ({clock, replay}: RunTime, end: () => void): (() => void) =>
  replay === undefined ? () => {} : clock.after(replay.endAt + replayEndGraceMs - clock.now(), end);

const createEnding = () => {
  let end: (how: FollowEnd) => void = () => {};
  const ended = new Promise<FollowEnd>(resolve => {
    end = resolve;
  });
  return {ended, end: (how: FollowEnd) => end(how)};
};
