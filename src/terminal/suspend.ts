/** What Ink gives to hand the terminal over: it leaves its screen, runs the function, and draws anew. */
export type HandOver = (run: () => Promise<void>) => Promise<void>;

export type JobControl = {
  /** Stops the whole job, as the shell's Ctrl-Z does. */
  readonly stop: () => void;
  /** Calls the listener when the process goes on; answers the function that takes it back. */
  readonly onContinue: (listener: () => void) => () => void;
};

/** The process group, so that a shell between us and the reader's (as of `npm start`) stops with us. */
export const processJobControl: JobControl = {
  stop: () => {
    process.kill(0, 'SIGTSTP');
  },
  onContinue: listener => {
    process.on('SIGCONT', listener);
    return () => process.off('SIGCONT', listener);
  },
};

/** The system does not stop a program that no shell could continue, and says nothing: then no SIGCONT will come. */
const stopTimeoutMs = 200;

/** Stops the job and resolves when it goes on: true; or soon with false, when it could not be stopped. */
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
