/** What `zentop logs` asks for, besides the server. */
export type LogsOptions = {
  readonly run: string;
  readonly step: string;
  readonly isFollowed: boolean;
  /** `undefined`: the latest. */
  readonly attempt: number | undefined;
  /** `undefined`: what the step's own code wrote. */
  readonly source: string | undefined;
  readonly hasTimes: boolean;
};

export const logsOptions = {
  follow: {type: 'boolean', alias: 'f', default: false, describe: 'go on until the step ends, and exit as it ended'},
  attempt: {type: 'number', requiresArg: true, describe: 'which attempt, from 1; the latest unless given'},
  source: {type: 'string', requiresArg: true, describe: 'which log: step, prepare_step, …'},
  timestamps: {type: 'boolean', default: false, describe: 'when each line was written, in UTC'},
} as const;

type LogsArguments = {
  readonly run: string;
  readonly step: string;
  readonly follow: boolean;
  readonly attempt: number | undefined;
  readonly source: string | undefined;
  readonly timestamps: boolean;
};

/** Throws a sentence where the attempt is none. */
export const parseLogsOptions = ({run, step, follow, attempt, source, timestamps}: LogsArguments): LogsOptions => {
  if (attempt !== undefined && !(Number.isInteger(attempt) && attempt > 0)) {
    throw new Error('--attempt is a whole number from 1 on');
  }

  return {run, step, isFollowed: follow, attempt, source, hasTimes: timestamps};
};
