import {type Instance, render} from 'ink';
import {summaryLines} from '../report/summary.js';
import type {Store} from '../store/store.js';
import {openTerminal, type Terminal} from '../terminal/terminal.js';
import {themeFor} from '../theme/theme.js';
import {Root} from '../view/root.js';
import {announceOn} from './announce.js';
import {colouredLines} from './coloured-lines.js';
import type {WatchOptions} from './command-line.js';
import {effectRunner, type Leaving} from './effects.js';
import {exitCodeOnLeaving} from './leaving.js';
import type {OpenedRun} from './open-run.js';
import {printLines} from './print.js';
import {startWatchSession} from './watch-session.js';

type Options = {readonly opened: OpenedRun; readonly watch: WatchOptions; readonly isDemo: boolean};

/** The run on the screen, until the reader leaves. Answers the exit code; the terminal is as it was before. */
export const watchOnScreen = async ({opened, watch, isDemo}: Options): Promise<number> => {
  const leaving = leavingOnce();
  const terminal = openTerminal({onSignal: signal => leaving.leave({by: signal})});
  const {store, stop} = startWatchSession({opened, watch, size: terminal.size(), isDemo});
  const stopAnnouncing = announceOn(store, terminal);
  const theme = themeFor({
    colourLevel: watch.hasColor ? terminal.capabilities.colourLevel : 0,
    isAscii: watch.isAscii || !terminal.capabilities.hasUnicode,
  });
  const instance = draw({store, terminal, theme, watch, leave: leaving.leave});
  const stopTimeout = startTimeout(watch.timeoutMs, () => leaving.leave({by: 'timeout'}));
  const left = await leftOrBroken(leaving.left, instance).finally(() => {
    stop();
    stopTimeout();
    stopAnnouncing();
    instance.unmount();
  });
  await instance.waitUntilExit();
  terminal.close();
  const state = store.get();
  printLines(colouredLines(summaryLines(state, terminal.size().columns), theme));
  return exitCodeOnLeaving(left, state, watch);
};

type DrawOptions = {
  readonly store: Store;
  readonly terminal: Terminal;
  readonly theme: ReturnType<typeof themeFor>;
  readonly watch: WatchOptions;
  readonly leave: (how: Leaving) => void;
};

const draw = ({store, terminal, theme, watch, leave}: DrawOptions): Instance => {
  terminal.onSize(size => store.dispatch({type: 'size/changed', size}));
  const runEffect = effectRunner({store, terminal, leave});
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
  return instance;
};

/** How far this machine's clock is ahead of UTC at that instant, in milliseconds; summer time included. */
const localOffset = (at: number): number => -new Date(at).getTimezoneOffset() * 60_000;

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
