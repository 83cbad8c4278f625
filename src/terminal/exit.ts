/** The signals with which a terminal, a shell or the system asks a program to exit. */
export type EndingSignal = 'SIGINT' | 'SIGTERM' | 'SIGHUP' | 'SIGQUIT';

const exitCodeBySignal: Readonly<Record<EndingSignal, number>> = {SIGINT: 130, SIGTERM: 143, SIGHUP: 129, SIGQUIT: 131};
const endingSignals: readonly EndingSignal[] = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'];

/** The exit code of a program that was ended by a signal, as in shells: 128 plus the signal's number. */
export const getSignalExitCode = (signal: EndingSignal): number => exitCodeBySignal[signal];

type ExitWatch = {
  /** Ends the program as if it had received SIGHUP. */
  readonly hangUp: () => void;
  /** Stops watching: nothing is restored after that, and signals have their default effect again. */
  readonly stop: () => void;
};

/**
 * Calls `restore` however the program ends: on exit, on uncaught errors (which exit too) and on an `EndingSignal`. A signal is
 * passed to `onSignal`, which must end the program soon; the same signal again, or a signal without `onSignal`, ends it at once.
 * Only SIGHUP may repeat, because a lost terminal is noticed by the signal, by failed reads and by failed writes. With
 * `isHangUpIgnored`, the signal SIGHUP has no effect.
 */
export const watchExit = (
  restore: () => void,
  onSignal?: (signal: EndingSignal) => void,
  isHangUpIgnored = false,
): ExitWatch => {
  const seen = new Set<EndingSignal>();
  const take = (signal: EndingSignal) => {
    const isRepeated = seen.has(signal);
    seen.add(signal);
    if (onSignal && !isRepeated) {
      return onSignal(signal);
    }

    if (onSignal && signal === 'SIGHUP') {
      return;
    }

    restore();
    process.exit(exitCodeBySignal[signal]);
  };
  const listen = (signal: EndingSignal) => {
    if (!(isHangUpIgnored && signal === 'SIGHUP')) {
      take(signal);
    }
  };
  process.on('exit', restore);
  for (const signal of endingSignals) {
    process.on(signal, listen);
  }

  return {
    hangUp: () => take('SIGHUP'),
    stop: () => {
      process.off('exit', restore);
      for (const signal of endingSignals) {
        process.off(signal, listen);
      }
    },
  };
};
