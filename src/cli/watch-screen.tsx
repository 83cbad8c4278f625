import {type Instance, render} from 'ink';
import type {Outcome} from '../connection/problem.js';
import {pastedOutcome} from '../keymap/press.js';
import {summaryLines} from '../report/summary.js';
import type {Store} from '../store/store.js';
import {openTerminal, type Terminal} from '../terminal/terminal.js';
import {themeFor} from '../theme/theme.js';
import {Root} from '../view/root.js';
import {announceOn} from './announce.js';
import {colouredLines} from './coloured-lines.js';
import {effectRunner, type Leaving} from './effects.js';
import {firstSteps} from './first-steps.js';
import {exitCodeOnLeaving, watchOfAsked, withRun} from './leaving.js';
import {localOffset} from './local-offset.js';
import {startOnEnd} from './on-end.js';
import type {OpenedRun} from './open-run.js';
import type {OpenedRuns} from './open-runs.js';
import {paletteOf} from './palette-of.js';
import {printLines} from './print.js';
import {serverSwitch} from './switch-server.js';
import type {WatchOptions} from './watch-options.js';
import {startWatchSession} from './watch-session.js';

type Options = {
  readonly opened: OpenedRun | OpenedRuns;
  /** What the list of runs is narrowed down to at first. */
  readonly filter?: string;
  readonly watch: WatchOptions;
  readonly isDemo: boolean;
  /** Opens another server; `undefined` where this one must be kept. */
  readonly openOther?: ((url: string) => Promise<Outcome<OpenedRuns>>) | undefined;
};

/** The run, or the list of runs, on the screen until the reader leaves. Answers the exit code; the terminal is as it was before. */
export const watchOnScreen = async ({opened, filter = '', watch, isDemo, openOther}: Options): Promise<number> => {
  const leaving = leavingOnce();
  const terminal = openTerminal({onSignal: signal => leaving.leave({by: signal})});
  const {store, moveTo, stop} = startWatchSession({opened, filter, watch, size: terminal.size(), isDemo});
  if (watch.notice !== undefined) {
    store.dispatch({type: 'notice/shown', text: watch.notice, tone: 'problem'});
  }

  const stopAnnouncing = announceOn(store, terminal, watch.notify);
  const theme = themeFor({
    colourLevel: watch.hasColor ? terminal.capabilities.colourLevel : 0,
    isAscii: watch.isAscii || !terminal.capabilities.hasUnicode,
    palette: paletteOf(watch.theme),
  });
  const stopOnEnd = startOnEnd(store, watch.onEnd, text =>
    store.dispatch({type: 'notice/shown', text, tone: 'problem'}),
  );
  terminal.onSize(size => store.dispatch({type: 'size/changed', size}));
  await firstSteps(store);
  const instance = draw({
    ...{store, terminal, theme, watch},
    leave: leaving.leave,
    switchServer: serverSwitch(store, openOther, moveTo),
  });
  const stopTimeout = startTimeout(watch.timeoutMs, () => leaving.leave({by: 'timeout'}));
  const left = await leftOrBroken(leaving.left, instance).finally(() => {
    stop();
    stopTimeout();
    stopAnnouncing();
    stopOnEnd();
    instance.unmount();
  });
  await instance.waitUntilExit();
  terminal.close();
  const asked = 'resolved' in opened ? opened.resolved.run.id : undefined;
  const state = withRun(store.get(), asked);
  printLines(colouredLines(summaryLines(state, terminal.size().columns), theme));
  return exitCodeOnLeaving(left, watchOfAsked(state, asked), watch);
};

type DrawOptions = {
  readonly store: Store;
  readonly terminal: Terminal;
  readonly theme: ReturnType<typeof themeFor>;
  readonly watch: WatchOptions;
  readonly leave: (how: Leaving) => void;
  readonly switchServer: (url: string) => void;
};

const draw = ({store, terminal, theme, watch, leave, switchServer}: DrawOptions): Instance => {
  const runEffect = effectRunner({store, terminal, leave, switchServer});
  const instance = render(<Root store={store} theme={theme} utcOffset={localOffset} onEffect={runEffect} />, {
    stdin: terminal.stdin,
    stdout: terminal.stdout,
    alternateScreen: watch.hasAltScreen,
    incrementalRendering: true,
    // Ink would draw nothing where the environment has a CI variable, even an empty one.
    interactive: true,
    patchConsole: false,
    exitOnCtrlC: false,
    maxFps: 60,
  });
  terminal.attach(instance);
  terminal.onReport(report => {
    const outcome = report.kind === 'paste' ? pastedOutcome(report.text, store.get()) : undefined;
    if (outcome !== undefined && 'action' in outcome) {
      store.dispatch(outcome.action);
    }
  });
  return instance;
};

const leavingOnce = () => {
  let leave: (how: Leaving) => void = () => {};
  const left = new Promise<Leaving>(resolve => {
    leave = resolve;
  });
  return {left, leave: (how: Leaving) => leave(how)};
};

/** A component that throws takes the screen away; nobody could leave it any more. */
const leftOrBroken = (left: Promise<Leaving>, instance: Instance): Promise<Leaving> =>
  Promise.race([left, instance.waitUntilExit().then(() => left)]);

const startTimeout = (ms: number | undefined, onTimeout: () => void): (() => void) => {
  const timer = ms === undefined ? undefined : setTimeout(onTimeout, ms);
  return () => clearTimeout(timer);
};
