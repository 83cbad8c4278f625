import nodeModule from 'node:module';
import {type Instance, render} from 'ink';
import type {Outcome} from '../../connection/problem.js';
import {findPasteOutcome} from '../../keymap/press.js';
import {renderSummary} from '../../report/summary.js';
import type {Store} from '../../store/store.js';
import {openTerminal, type Terminal} from '../../terminal/terminal.js';
import {createTheme} from '../../theme/theme.js';
import {ErrorBoundary} from '../../view/error-boundary.js';
import {Root} from '../../view/root.js';
import type {OpenedRun} from '../opening/open-run.js';
import type {OpenedRuns} from '../opening/open-runs.js';
import {createServerSwitch} from '../opening/switch-server.js';
import type {WatchOptions} from '../options/watch-options.js';
import {choosePalette} from '../printing/choose-palette.js';
import {formatColouredLines} from '../printing/format-lines.js';
import {getLocalOffsetMs} from '../printing/local-offset.js';
import {printLines} from '../printing/print.js';
import {startAnnouncing} from './announce.js';
import {createEffectRunner, type ExitCause} from './effects.js';
import {startOnEnd} from './on-end.js';
import {findRequestedWatch, getScreenExitCode, withRequestedRun} from './screen-exit.js';
import {waitForSteps} from './wait-for-steps.js';
import {startWatchSession} from './watch-session.js';

type WatchScreenOptions = {
  readonly opened: OpenedRun | OpenedRuns;
  /** The initial filter of the list of runs. */
  readonly filter?: string;
  readonly watch: WatchOptions;
  readonly isDemo: boolean;
  /** Opens another server; `undefined` if the server cannot be switched. */
  readonly openOther?: ((url: string) => Promise<Outcome<OpenedRuns>>) | undefined;
};

/** Shows the run or the list of runs on the screen until the user quits, then restores the terminal. Returns the exit code. */
export const watchOnScreen = async ({
  opened,
  filter = '',
  watch,
  isDemo,
  openOther,
}: WatchScreenOptions): Promise<number> => {
  const leaving = createExit();
  const terminal = openTerminal({onSignal: signal => leaving.leave({by: signal})});
  const {store, moveTo, stop} = startWatchSession({opened, filter, watch, size: terminal.size(), isDemo});
  if (watch.notice !== undefined) {
    store.dispatch({type: 'notice/shown', text: watch.notice, tone: 'problem'});
  }

  const stopAnnouncing = startAnnouncing(store, terminal, watch.notify);
  const theme = createTheme({
    colourLevel: watch.hasColor ? terminal.capabilities.colourLevel : 0,
    isAscii: watch.isAscii || !terminal.capabilities.hasUnicode,
    palette: choosePalette(watch.theme),
  });
  const stopOnEnd = startOnEnd(store, watch.onEnd, text =>
    store.dispatch({type: 'notice/shown', text, tone: 'problem'}),
  );
  terminal.onSize(size => store.dispatch({type: 'size/changed', size}));
  await waitForSteps(store);
  const instance = drawScreen({
    ...{store, terminal, theme, watch},
    leave: leaving.leave,
    onError: leaving.fail,
    switchServer: createServerSwitch(store, openOther, moveTo),
  });
  saveCompileCache();
  const stopTimeout = startTimeout(watch.timeoutMs, () => leaving.leave({by: 'timeout'}));
  const left = await waitForExit(leaving.left, instance).finally(() => {
    stop();
    stopTimeout();
    stopAnnouncing();
    stopOnEnd();
    instance.unmount();
  });
  await instance.waitUntilExit();
  terminal.close();
  const requestedRunId = 'resolved' in opened ? opened.resolved.run.id : undefined;
  const state = withRequestedRun(store.get(), requestedRunId);
  printLines(formatColouredLines(renderSummary(state, terminal.size().columns), theme));
  return getScreenExitCode(left, findRequestedWatch(state, requestedRunId), watch);
};

type DrawOptions = {
  readonly store: Store;
  readonly terminal: Terminal;
  readonly theme: ReturnType<typeof createTheme>;
  readonly watch: WatchOptions;
  readonly leave: (how: ExitCause) => void;
  readonly onError: (error: unknown) => void;
  readonly switchServer: (url: string) => void;
};

const drawScreen = ({store, terminal, theme, watch, leave, onError, switchServer}: DrawOptions): Instance => {
  const runEffect = createEffectRunner({store, terminal, leave, switchServer});
  const instance = render(
    <ErrorBoundary onError={onError}>
      <Root store={store} theme={theme} utcOffset={getLocalOffsetMs} onEffect={runEffect} />
    </ErrorBoundary>,
    {
      stdin: terminal.stdin,
      stdout: terminal.stdout,
      alternateScreen: watch.hasAltScreen,
      incrementalRendering: true,
      // Ink would draw nothing if a CI variable is set, even to an empty value.
      interactive: true,
      patchConsole: false,
      exitOnCtrlC: false,
      maxFps: 60,
    },
  );
  terminal.attach(instance);
  terminal.onReport(report => {
    const outcome = report.kind === 'paste' ? findPasteOutcome(report.text, store.get()) : undefined;
    if (outcome !== undefined && 'action' in outcome) {
      store.dispatch(outcome.action);
    }
  });
  return instance;
};

const createExit = () => {
  let leave: (how: ExitCause) => void = () => {};
  let fail: (error: unknown) => void = () => {};
  const left = new Promise<ExitCause>((resolve, reject) => {
    leave = resolve;
    fail = reject;
  });
  return {left, leave: (how: ExitCause) => leave(how), fail: (error: unknown) => fail(error)};
};

/** If a component throws, Ink unmounts the screen, and the user could not quit any more. */
const waitForExit = (left: Promise<ExitCause>, instance: Instance): Promise<ExitCause> =>
  Promise.race([left, instance.waitUntilExit().then(() => left)]);

/** Node saves its compile cache at exit, which a terminal that is closed never reaches: save it once the first list is up. */
const saveCompileCache = (): void => {
  setTimeout(() => nodeModule.flushCompileCache?.(), 1000).unref();
};

const startTimeout = (ms: number | undefined, onTimeout: () => void): (() => void) => {
  const timer = ms === undefined ? undefined : setTimeout(onTimeout, ms);
  return () => clearTimeout(timer);
};
