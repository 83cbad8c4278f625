import type {ReadStream, WriteStream} from 'node:tty';
import {type Capabilities, detectCapabilities} from './capabilities.js';
import {type CopyOutcome, copyText} from './clipboard.js';
import {type EndingSignal, watchExit} from './exit.js';
import {KeyInput} from './input.js';
import {encodeLink} from './links.js';
import {createModes} from './modes.js';
import {bell, encodeNotification} from './notify.js';
import {type OpenOutcome, openUrl} from './open-url.js';
import {type DrawnFrame, ScreenOutput} from './output.js';
import {runCommand, startCommand} from './run-command.js';
import type {TerminalSize} from './size.js';
import type {TerminalReport} from './split-input.js';
import {type HandOver, processJobControl, stopJob} from './suspend.js';

export type TerminalOptions = {
  readonly stdin?: ReadStream;
  readonly stdout?: WriteStream;
  /** Asked to end the program: a signal came, or the terminal is gone (SIGHUP). The second time it ends by itself. */
  readonly onSignal?: (signal: EndingSignal) => void;
};

/** The terminal as one object: what Ink reads and writes, and all that is not Ink's. */
export type Terminal = {
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream;
  readonly capabilities: Capabilities;
  readonly size: () => TerminalSize;
  /** Calls the listener with each new size, before the screen is drawn at that size. Answers the function that ends it. */
  readonly onSize: (listener: (size: TerminalSize) => void) => () => void;
  /** Pastes, the mouse, focus, replies of the terminal. */
  readonly onReport: (listener: (report: TerminalReport) => void) => () => void;
  /** To be called with the instance that `render` gave. */
  readonly attach: (frame: DrawnFrame) => void;
  readonly repaint: () => void;
  readonly setTitle: (text: string) => void;
  readonly setMouse: (isWanted: boolean) => void;
  readonly ring: () => void;
  readonly notify: (title: string, body: string) => void;
  readonly copy: (text: string) => Promise<CopyOutcome>;
  readonly openUrl: (url: string) => Promise<OpenOutcome>;
  readonly link: (text: string, url: string) => string;
  /** Ctrl-Z: resolves when the program goes on; with false when it could not be stopped. Takes Ink's `suspendTerminal`. */
  readonly suspend: (handOver: HandOver) => Promise<boolean>;
  /** Gives the terminal to another program (a pager, an editor) for as long as `run` takes. */
  readonly lend: (handOver: HandOver, run: () => Promise<void>) => Promise<void>;
  /** Leaves the terminal as it was found; after Ink has been unmounted. On all other ways out this happens by itself. */
  readonly close: () => void;
};

const createListeners = <T>() => {
  const listeners = new Set<(value: T) => void>();
  return {
    tell: (value: T) => {
      for (const listener of [...listeners]) {
        listener(value);
      }
    },
    add: (listener: (value: T) => void) => {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
  };
};

/**
 * Takes the terminal: to be called before Ink's `render`, so that what it switches on is switched off on every way out.
 * Nothing is written when the output is no terminal.
 */
export const openTerminal = (options: TerminalOptions = {}): Terminal => {
  const {stdin = process.stdin, stdout = process.stdout, onSignal} = options;
  const {env, platform} = process;
  const capabilities = detectCapabilities({
    env,
    platform,
    isInputTty: stdin.isTTY === true,
    isOutputTty: stdout.isTTY === true,
  });
  const sizes = createListeners<TerminalSize>();
  const reports = createListeners<TerminalReport>();
  const beside = process.stderr.isTTY ? [process.stderr] : [];
  const output = new ScreenOutput(stdout, {env, platform, beside, onSize: sizes.tell, onGone: () => exit.hangUp()});
  const input = new KeyInput(stdin, {onReport: reports.tell, canWait: () => !output.isBehind});
  const send = (sequence: string) => output.send(sequence);
  const modes = createModes(send, capabilities);
  let isLent = false;

  const close = () => {
    modes.leave(sequence => output.sendLast(sequence));
    output.close();
  };
  const exit = watchExit(close, onSignal);
  // A terminal that is gone fails every read and write; unheard, that would be a crash.
  for (const stream of [stdin, stdout]) {
    stream.on('error', exit.hangUp);
  }
  stdin.on('end', exit.hangUp);
  const forgetContinue = processJobControl.onContinue(() => {
    // A stopped program is not told that the size has changed; this makes Node look.
    process.kill(process.pid, 'SIGWINCH');
    if (isLent) {
      return;
    }
    input.renewRawMode();
    modes.renew();
    output.reclaim();
  });

  const lend = (handOver: HandOver, run: () => Promise<void>) =>
    handOver(async () => {
      isLent = true;
      modes.leave();
      output.lend();
      try {
        await run();
      } finally {
        output.endLoan();
        modes.enter();
        isLent = false;
      }
    });

  // At once, not with Ink's first frame: the terminal would echo what is typed until then over that frame.
  if (capabilities.isInteractive) {
    input.setRawMode(true);
  }
  if (stdout.isTTY) {
    modes.enter();
  }
  return {
    // Ink asks for whole TTY streams and uses what these two have; see its `components/App.js` and `ink.js`.
    stdin: input as unknown as NodeJS.ReadStream,
    stdout: output as unknown as NodeJS.WriteStream,
    capabilities,
    size: () => output.size,
    onSize: sizes.add,
    onReport: reports.add,
    attach: frame => output.attach(frame),
    repaint: () => output.repaint(),
    setTitle: modes.setTitle,
    setMouse: modes.setMouse,
    ring: () => send(bell),
    notify: (title, body) => send(encodeNotification(title, body, capabilities.notification)),
    copy: text => copyText(text, {env, platform, capabilities, run: runCommand, send}),
    openUrl: url => openUrl(url, {env, platform, capabilities, start: startCommand}),
    link: (text, url) => encodeLink(text, url, capabilities),
    suspend: async handOver => {
      let wasStopped = false;
      await lend(handOver, async () => {
        wasStopped = await stopJob(processJobControl);
      });
      return wasStopped;
    },
    lend,
    close: () => {
      if (input.isRaw) {
        input.setRawMode(false);
      }
      close();
      forgetContinue();
      exit.stop();
    },
  };
};
