import {type Capabilities, detectCapabilities} from './capabilities.js';
import {type CopyOutcome, copyText} from './clipboard.js';
import {type EndingSignal, watchExit} from './exit.js';
import {holdStderr} from './hold-stderr.js';
import {KeyInput} from './input.js';
import {createListeners} from './listeners.js';
import {createModes} from './modes.js';
import {encodeNotification} from './notify.js';
import {type OpenOutcome, openUrl} from './open-url.js';
import {type DrawnFrame, ScreenOutput} from './output.js';
import {runCommand, startCommand} from './run-command.js';
import type {TerminalSize} from './size.js';
import type {TerminalReport} from './split-input.js';
import {createJobControl, type HandOver} from './suspend.js';

type TerminalOptions = {
  /** Whether to report clicks and the wheel. */
  readonly hasMouse?: boolean;
  /** Called to end the program after a signal, or when the terminal is gone (SIGHUP). A repeated signal ends it at once. */
  readonly onSignal?: (signal: EndingSignal) => void;
};

/** The terminal as one object: the streams for Ink, and everything that Ink does not do. */
export type Terminal = {
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream;
  readonly capabilities: Capabilities;
  readonly getSize: () => TerminalSize;
  /** Calls the listener with each new size before the screen is drawn at that size; returns a function that removes it. */
  readonly onSize: (listener: (size: TerminalSize) => void) => () => void;
  /** Calls the listener with pastes, mouse and focus reports, and replies of the terminal; returns a function that removes it. */
  readonly onReport: (listener: (report: TerminalReport) => void) => () => void;
  /** To be called with the instance that `render` returns. */
  readonly attach: (frame: DrawnFrame) => void;
  readonly repaint: () => void;
  /** Sends a sequence that is not part of a frame, such as a query. */
  readonly send: (sequence: string) => void;
  readonly setTitle: (text: string) => void;
  readonly notify: (title: string, body: string) => void;
  readonly copy: (text: string) => Promise<CopyOutcome>;
  readonly openUrl: (url: string) => Promise<OpenOutcome>;
  /**
   * Ctrl-Z: resolves to true once the program continues, or to false if it could not be stopped. `handOver` is Ink's
   * `suspendTerminal`.
   */
  readonly suspend: (handOver: HandOver) => Promise<boolean>;
  /** Lends the terminal to another program (a pager, an editor) until `run` resolves. */
  readonly lend: (handOver: HandOver, run: () => Promise<void>) => Promise<void>;
  /** Restores the terminal after Ink has been unmounted. However else the program exits, this happens automatically. */
  readonly close: () => void;
};

/**
 * Takes over the terminal. Must be called before Ink's `render`, so that everything that is turned on is turned off again
 * however the program exits. Writes nothing if the output is not a terminal.
 */
export const openTerminal = ({hasMouse = false, onSignal}: TerminalOptions): Terminal => {
  const {env, platform, stdin, stdout} = process;
  const capabilities = detectCapabilities({
    env,
    platform,
    isInputTty: stdin.isTTY === true,
    isOutputTty: stdout.isTTY === true,
  });
  const sizes = createListeners<TerminalSize>();
  const reports = createListeners<TerminalReport>();
  const otherStreams = process.stderr.isTTY ? [process.stderr] : [];
  const output = new ScreenOutput(stdout, {
    env,
    platform,
    otherStreams,
    onSize: sizes.notify,
    onGone: () => exit.hangUp(),
  });
  const input = new KeyInput(stdin, {onReport: reports.notify, canWait: () => !output.isBehind});
  const send = (sequence: string) => output.send(sequence);
  const modes = createModes(send, {hasTitle: capabilities.hasTitle, hasMouse});
  let isLent = false;

  const releaseStderr = process.stderr.isTTY && stdout.isTTY ? holdStderr(process.stderr) : () => {};
  const close = () => {
    modes.leave(sequence => output.sendLast(sequence));
    output.close();
    releaseStderr();
  };
  const exit = watchExit(
    close,
    onSignal &&
      (signal => {
        jobs.prepareExit();
        onSignal(signal);
      }),
  );
  // Every read and write of a lost terminal fails; without a listener that would be a crash.
  for (const stream of [stdin, stdout]) {
    stream.on('error', exit.hangUp);
  }

  stdin.on('end', exit.hangUp);
  /** Stops this program because another one has sent SIGTSTP. The shell has the terminal in the meantime. */
  const stopOnRequest = async () => {
    if (!isLent) {
      modes.leave();
      output.release();
      input.pauseRawMode();
    }

    const wasStopped = await jobs.stopProcess();
    if (!wasStopped) {
      reclaim();
    }
  };
  const jobs = createJobControl(() => void stopOnRequest());
  const reclaim = () => {
    if (isLent) {
      return;
    }

    input.renewRawMode();
    modes.enter();
    modes.renew();
    output.reclaim();
  };
  jobs.onContinue(() => {
    // A stopped program gets no SIGWINCH; this makes Node read the size again.
    process.kill(process.pid, 'SIGWINCH');
    reclaim();
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

  // Before Ink's first frame: until then, the terminal would echo what is typed, and the frame would be drawn over that.
  if (capabilities.isInteractive) {
    input.setRawMode(true);
  }

  if (stdout.isTTY) {
    modes.enter();
  }

  return {
    // Ink's types demand whole TTY streams, but it uses only what these two have; see its `components/App.js` and `ink.js`.
    stdin: input as unknown as NodeJS.ReadStream,
    stdout: output as unknown as NodeJS.WriteStream,
    capabilities,
    getSize: () => output.size,
    onSize: sizes.add,
    onReport: reports.add,
    attach: frame => output.attach(frame),
    repaint: () => output.repaint(),
    send,
    setTitle: modes.setTitle,
    notify: (title, body) => send(encodeNotification(title, body, capabilities.notification)),
    copy: text => copyText(text, {env, platform, capabilities, run: runCommand, send}),
    openUrl: url => openUrl(url, {env, platform, capabilities, start: startCommand}),
    suspend: async handOver => {
      let wasStopped = false;
      await lend(handOver, async () => {
        wasStopped = await jobs.stopGroup();
      });
      return wasStopped;
    },
    lend,
    close: () => {
      if (input.isRaw) {
        input.setRawMode(false);
      }

      close();
      jobs.close();
      exit.stop();
    },
  };
};
