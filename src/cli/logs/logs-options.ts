/** The options of `zentop logs`, except those of the connection. */
export type LogsOptions = {
  readonly run: string;
  readonly step: string;
  readonly isFollowing: boolean;
  /** `undefined`: the latest. */
  readonly attempt: number | undefined;
  /** `undefined`: the output of the step's own code. */
  readonly source: string | undefined;
  readonly hasTimes: boolean;
};

export const logsOptions = {
  follow: {
    type: 'boolean',
    alias: 'f',
    default: false,
    describe: 'follow the log until the step ends; exit with its status',
  },
  attempt: {type: 'number', requiresArg: true, describe: 'attempt number (default: latest)'},
  source: {type: 'string', requiresArg: true, describe: 'log source, e.g. step or prepare_step'},
  timestamps: {type: 'boolean', default: false, describe: 'prefix lines with UTC timestamps'},
} as const;

type LogsArguments = {
  readonly run: string;
  readonly step: string;
  readonly follow: boolean;
  readonly attempt: number | undefined;
  readonly source: string | undefined;
  readonly timestamps: boolean;
};

/** Throws a user-facing error if the attempt is not valid. */
export const parseLogsOptions = ({run, step, follow, attempt, source, timestamps}: LogsArguments): LogsOptions => {
  if (attempt !== undefined && !(Number.isInteger(attempt) && attempt > 0)) {
    throw new Error('--attempt must be a whole number, 1 or higher');
  }

  return {run, step, isFollowing: follow, attempt, source, hasTimes: timestamps};
};
