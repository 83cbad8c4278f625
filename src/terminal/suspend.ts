import {isInForeground} from './foreground.js';
import {createListeners} from './listeners.js';

/** Ink's function for lending the terminal: it leaves its screen, runs the function, and draws again. */
export type HandOver = (run: () => Promise<void>) => Promise<void>;

type Stoppable = {
  /** Stops the job, as Ctrl-Z in a shell does. Throws if the system cannot do that. */
  readonly stop: () => void;
  /** Calls the listener when the job continues in the foreground; returns a function that removes it. */
  readonly onContinue: (listener: () => void) => () => void;
  /** Calls the listener when the job continues at all, even in the background; returns a function that removes it. */
  readonly onWake: (listener: () => void) => () => void;
};

/** The system silently refuses to stop a program that no shell could continue; in that case no SIGCONT follows. */
const stopTimeoutMs = 200;

/** A timer that has expired while the job was stopped fires before SIGCONT is noticed, which takes less than this. */
const noticeMs = 20;

/** Node's longest timer: almost 25 days. */
const longestTimerMs = 2 ** 31 - 1;

/** Stops the job and resolves to true once it continues, or soon to false if it could not be stopped. */
export const stopJob = ({stop, onContinue, onWake}: Stoppable): Promise<boolean> =>
  new Promise(resolve => {
    const finish = (wasStopped: boolean) => {
      clearTimeout(timer);
      forgetWake();
      forget();
      resolve(wasStopped);
    };
    const forget = onContinue(() => finish(true));
    const forgetWake = onWake(() => {
      clearTimeout(timer);
      // Without a timer Node would exit, as nothing else may be pending.
      timer = setTimeout(() => {}, longestTimerMs);
    });
    let timer = setTimeout(() => {
      timer = setTimeout(() => finish(false), noticeMs);
    }, stopTimeoutMs);
    try {
      stop();
    } catch {
      // Windows has no SIGTSTP.
      finish(false);
    }
  });

export type JobControl = Pick<Stoppable, 'onContinue'> & {
  /** Stops the process group, so that a shell in between (as with `npm start`) stops, too. Resolves as `stopJob` does. */
  readonly stopGroup: () => Promise<boolean>;
  /** Stops this process only. */
  readonly stopProcess: () => Promise<boolean>;
  /** From now on a job that continues in the background is not stopped again, since it is about to exit. */
  readonly prepareExit: () => void;
  /** Stops listening to signals. */
  readonly close: () => void;
};

/** `kill %1` sends SIGTERM and SIGCONT; this is how long SIGTERM may take to be noticed before the job stops again. */
const backgroundPauseMs = 50;

/**
 * Listens to SIGCONT, and to SIGTSTP from other programs. A job that is continued in the background (`bg`) must not touch
 * the terminal, which belongs to the shell: it stops again, as editors and pagers do.
 */
export const createJobControl = (onStopRequest: () => void): JobControl => {
  const continueListeners = createListeners();
  const wakeListeners = createListeners();
  let isExiting = false;
  let timer: NodeJS.Timeout | undefined;
  const stopAgain = () => {
    if (isExiting) {
      return;
    }

    // `fg` sends no SIGCONT to a job that has not stopped again yet.
    if (isInForeground()) {
      continueListeners.notify();
    } else {
      process.kill(process.pid, 'SIGTTOU');
    }
  };
  const resume = () => {
    clearTimeout(timer);
    wakeListeners.notify();
    if (isInForeground()) {
      continueListeners.notify();
    } else {
      timer = setTimeout(stopAgain, backgroundPauseMs);
    }
  };
  /** Stops without the listener, which would keep the signal from stopping the process. */
  const stop = async (pid: number): Promise<boolean> => {
    process.off('SIGTSTP', onStopRequest);
    const wasStopped = await stopJob({
      stop: () => process.kill(pid, 'SIGTSTP'),
      onContinue: continueListeners.add,
      onWake: wakeListeners.add,
    });
    process.on('SIGTSTP', onStopRequest);
    return wasStopped;
  };
  process.on('SIGCONT', resume);
  process.on('SIGTSTP', onStopRequest);
  return {
    onContinue: continueListeners.add,
    stopGroup: () => stop(0),
    stopProcess: () => stop(process.pid),
    prepareExit: () => {
      isExiting = true;
      clearTimeout(timer);
    },
    close: () => {
      clearTimeout(timer);
      process.off('SIGCONT', resume);
      process.off('SIGTSTP', onStopRequest);
    },
  };
};
