import nodeModule from 'node:module';
import type {Instance} from 'ink';
import type {Outcome, Problem} from '../../connection/problem.js';
import type {CommandOutcome} from '../../keymap/command.js';
import {findPasteOutcome} from '../../keymap/press.js';
import {renderSummary} from '../../report/summary.js';
import type {State} from '../../store/state.js';
import type {TerminalReport} from '../../terminal/split-input.js';
import {findMouseOutcome} from '../../view/mouse.js';
import {OpeningScreen} from '../../view/opening-screen.js';
import {Root} from '../../view/root.js';
import {startLongTimer} from '../opening/long-timer.js';
import type {OpenedRun} from '../opening/open-run.js';
import type {OpenedRuns} from '../opening/open-runs.js';
import type {Opening} from '../opening/start-opening.js';
import {createServerSwitch} from '../opening/switch-server.js';
import type {WatchOptions} from '../options/watch-options.js';
import {formatColoredLines} from '../printing/format-lines.js';
import {getLocalOffsetMs} from '../printing/local-offset.js';
import {printLines, printProblem} from '../printing/print.js';
import {startAnnouncing} from './announce.js';
import {createEffectRunner, type ExitCause} from './effects.js';
import {createExitRequest, type ExitRequest} from './exit-request.js';
import {startOnEnd} from './on-end.js';
import {startOnQuiet} from './on-quiet.js';
import {openScreen, type TerminalScreen} from './screen.js';
import {findRequestedRun, getScreenExitCode, withRequestedRun} from './screen-exit.js';
import {waitForSteps} from './wait-for-steps.js';
import {startWatchSession} from './watch-session.js';

type WatchScreenOptions = {
  readonly opening: Opening<OpenedRun | OpenedRuns>;
  /** The initial filter of the list of runs. */
  readonly filter?: string;
  readonly watch: WatchOptions;
  readonly isDemo: boolean;
  /** Opens another server; `undefined` if the server cannot be switched. */
  readonly openServer?: ((url: string) => Promise<Outcome<OpenedRuns>>) | undefined;
};

/** Shows the run or the list of runs on the screen until the user quits, then restores the terminal. Returns the exit code. */
export const watchOnScreen = async ({
  opening,
  filter = '',
  watch,
  isDemo,
  openServer,
}: WatchScreenOptions): Promise<number> => {
  const earlyProblem = await findProblem(opening);
  if (earlyProblem !== undefined) {
    return reportProblem(earlyProblem);
  }

  const exit = createExitRequest();
  const stopTimeout = startTimeout(watch.timeoutMs, () => exit.leave({by: 'timeout'}));
  // While the server works: over SSH, the terminal's reply may take as long as the server's response.
  const screen = await openScreen(watch, exit);
  const {terminal} = screen;
  const outcome =
    (await Promise.race([opening.outcome, waitForFastServer()])) ?? (await waitOnScreen(opening, screen, exit));
  if (!('ok' in outcome) || !outcome.ok) {
    opening.abort();
    stopTimeout();
    await screen.close();
    return 'ok' in outcome ? reportProblem(outcome.problem) : getScreenExitCode(outcome, undefined, watch);
  }

  const opened = outcome.value;
  const {store, moveTo, intervene, stop} = startWatchSession({opened, filter, watch, size: terminal.getSize(), isDemo});
  if (watch.notice !== undefined) {
    store.dispatch({type: 'notice/shown', text: watch.notice, tone: 'problem'});
  }

  const stopAnnouncing = startAnnouncing(store, terminal, watch.notify);
  const onProblem = (text: string) => store.dispatch({type: 'notice/shown', text, tone: 'problem'});
  const stopOnEnd = startOnEnd(store, watch.onEnd, onProblem);
  const stopOnQuiet = startOnQuiet(store, watch.onQuiet, onProblem);
  terminal.onSize(size => store.dispatch({type: 'size/changed', size}));
  await waitForSteps(store);
  const switchServer = createServerSwitch(store, openServer, moveTo);
  const runEffect = createEffectRunner({store, terminal, leave: exit.leave, switchServer, intervene});
  const instance = screen.draw(theme => (
    <Root store={store} theme={theme} getUtcOffset={getLocalOffsetMs} onEffect={runEffect} />
  ));
  terminal.onReport(report => {
    const commandOutcome = findReportOutcome(report, store.get());
    if (commandOutcome !== undefined && 'action' in commandOutcome) {
      store.dispatch(commandOutcome.action);
    }
  });
  saveCompileCache();
  const cause = await waitForExit(exit.cause, instance).finally(() => {
    stop();
    stopTimeout();
    stopAnnouncing();
    stopOnEnd();
    stopOnQuiet();
  });
  await screen.close();
  const requestedRunId = 'resolved' in opened ? opened.resolved.run.id : undefined;
  const state = withRequestedRun(store.get(), requestedRunId);
  printLines(formatColoredLines(renderSummary(state, terminal.getSize().columns), screen.getTheme()));
  return getScreenExitCode(cause, findRequestedRun(state, requestedRunId), watch);
};

const findReportOutcome = (report: TerminalReport, state: State): CommandOutcome | undefined => {
  switch (report.kind) {
    case 'paste':
      return findPasteOutcome(report.text, state);

    case 'mouse':
      return findMouseOutcome(report, state, getLocalOffsetMs);

    default:
      return undefined;
  }
};

/** Until this long after the start, in milliseconds, no screen is shown: one that only says “connecting” would merely flash up. */
const fastServerMs = 250;

/** If the program started slowly, the server still gets this much time, in milliseconds. */
const minFastServerMs = 50;

const waitForFastServer = (): Promise<undefined> =>
  new Promise(resolve => {
    setTimeout(() => resolve(undefined), Math.max(minFastServerMs, fastServerMs - performance.now()));
  });

/** The problem if opening has failed by now. */
const findProblem = async ({outcome}: Opening<unknown>): Promise<Problem | undefined> => {
  const current = await Promise.race([outcome, undefined]);
  return current?.ok === false ? current.problem : undefined;
};

const reportProblem = (problem: Problem): number => {
  printProblem(problem);
  return problem.exitCode;
};

/** Shows what is being waited for until the run or the list is open, or the user leaves. */
const waitOnScreen = <T,>(
  opening: Opening<T>,
  {terminal, draw}: TerminalScreen,
  {cause, leave}: ExitRequest,
): Promise<Outcome<T> | ExitCause> => {
  draw(theme => (
    <OpeningScreen
      opening={opening}
      initialSize={terminal.getSize()}
      onSize={terminal.onSize}
      theme={theme}
      onRetry={opening.retry}
      onQuit={isInterrupt => leave({by: isInterrupt ? 'interrupt' : 'user'})}
    />
  ));
  return Promise.race([opening.outcome, cause]);
};

/** If a component throws, Ink unmounts the screen, and the user can no longer quit. */
const waitForExit = (cause: Promise<ExitCause>, instance: Instance): Promise<ExitCause> =>
  Promise.race([cause, instance.waitUntilExit().then(() => cause)]);

/**
 * Node saves its compile cache at exit, which is never reached if the terminal is closed, so save it once the first list is up.
 */
const saveCompileCache = (): void => {
  setTimeout(() => nodeModule.flushCompileCache?.(), 1000).unref();
};

const startTimeout = (ms: number | undefined, onTimeout: () => void): (() => void) =>
  ms === undefined ? () => {} : startLongTimer(ms, onTimeout);
