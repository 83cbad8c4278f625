/** The signals by which a terminal, a shell or a system ends a program in good order. */
export type EndingSignal = 'SIGINT' | 'SIGTERM' | 'SIGHUP' | 'SIGQUIT';

const exitCodeBySignal: Readonly<Record<EndingSignal, number>> = {SIGINT: 130, SIGTERM: 143, SIGHUP: 129, SIGQUIT: 131};
const endingSignals: readonly EndingSignal[] = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'];

/** The exit code of a program that a signal ended, as shells count: 128 and the signal's number. */
export const getSignalExitCode = (signal: EndingSignal): number => exitCodeBySignal[signal];

export type ExitWatch = {
  /** Ends the program as if the terminal had hung up. */
  readonly hangUp: () => void;
  /** Ends the watch: nothing is restored, and signals do what they do by themselves. */
  readonly stop: () => void;
};

/**
 * Calls `restore` on every way out: exit, uncaught errors (which exit too) and the signals above. A signal is handed to
 * `onSignal`, which is to end the program soon; the same signal again, or one without a hearer, ends it at once. Only a
 * second hang-up is no impatience: a lost terminal tells it by the signal, by failed reads and by failed writes.
 */
export const watchExit = (restore: () => void, onSignal?: (signal: EndingSignal) => void): ExitWatch => {
  const seen = new Set<EndingSignal>();
  const take = (signal: EndingSignal) => {
    const isAgain = seen.has(signal);
    seen.add(signal);
    if (onSignal && !isAgain) {
      return onSignal(signal);
    }
    if (onSignal && signal === 'SIGHUP') {
      return;
    }
    restore();
    process.exit(exitCodeBySignal[signal]);
  };
  process.on('exit', restore);
  for (const signal of endingSignals) {
    process.on(signal, take);
  }
  return {
    hangUp: () => take('SIGHUP'),
    stop: () => {
      process.off('exit', restore);
      for (const signal of endingSignals) {
        process.off(signal, take);
      }
    },
  };
};
