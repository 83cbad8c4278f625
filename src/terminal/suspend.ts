/** Ink's function for lending the terminal: it leaves its screen, runs the function, and draws again. */
export type HandOver = (run: () => Promise<void>) => Promise<void>;

type JobControl = {
  /** Stops the whole job, as Ctrl-Z in a shell does. */
  readonly stop: () => void;
  /** Calls the listener when the process continues; returns a function that removes it. */
  readonly onContinue: (listener: () => void) => () => void;
};

/** Stops the process group, so that a shell in between (as with `npm start`) stops, too. */
export const processJobControl: JobControl = {
  stop: () => {
    process.kill(0, 'SIGTSTP');
  },
  onContinue: listener => {
    process.on('SIGCONT', listener);
    return () => process.off('SIGCONT', listener);
  },
};

/** The system silently refuses to stop a program that no shell could continue; no SIGCONT follows then. */
const stopTimeoutMs = 200;

/** Stops the job and resolves to true once it continues, or soon to false if it could not be stopped. */
export const stopJob = ({stop, onContinue}: JobControl): Promise<boolean> =>
  new Promise(resolve => {
    const finish = (wasStopped: boolean) => {
      clearTimeout(timer);
      forget();
      resolve(wasStopped);
    };
    const forget = onContinue(() => finish(true));
    const timer = setTimeout(() => finish(false), stopTimeoutMs);
    stop();
  });
