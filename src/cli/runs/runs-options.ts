import {statuses} from '../../domain/status.js';

/** The options of `zentop runs`, except those of the connection. */
export type RunsOptions = {
  /** Any of these; empty: all. */
  readonly statuses: readonly string[];
  /** Name or ID. */
  readonly pipeline: string | undefined;
  /** Name or ID; `me`: the current user. */
  readonly user: string | undefined;
  readonly limit: number;
  readonly output: RunsOutput;
};

const runsOutputs = ['table', 'json', 'quiet'] as const;
export type RunsOutput = (typeof runsOutputs)[number];

/** Larger reports are better made from the server's database. */
const maxRunLimit = 10_000;

export const defaultRunLimit = 20;

export const runsOptions = {
  status: {
    type: 'string',
    array: true,
    requiresArg: true,
    describe: 'only runs with this status (repeatable)',
  },
  pipeline: {type: 'string', requiresArg: true, describe: 'only runs of this pipeline (name or ID)'},
  user: {type: 'string', requiresArg: true, describe: 'only runs of this user (name, ID, or `me`)'},
  limit: {type: 'number', requiresArg: true, default: defaultRunLimit, describe: 'maximum number of runs'},
  output: {choices: ['table', 'json'], requiresArg: true, default: 'table', describe: 'output format'},
} as const;

type RunsArguments = {
  readonly status: readonly string[] | undefined;
  readonly pipeline: string | undefined;
  readonly user: string | undefined;
  readonly limit: number;
  readonly output: RunsOutput;
};

/** Throws a user-facing error if the limit or a status is not valid. */
export const parseRunsOptions = ({status = [], pipeline, user, limit, output}: RunsArguments): RunsOptions => {
  if (!Number.isInteger(limit) || limit < 1 || limit > maxRunLimit) {
    throw new Error(`--limit must be a whole number from 1 to ${maxRunLimit}`);
  }

  const words = status.flatMap(word => word.split(',')).map(word => word.trim().toLowerCase());
  const unknown = words.find(word => !statuses.some(known => known === word));
  if (unknown !== undefined) {
    throw new Error(`Unknown status “${unknown}”. Choose from: ${statuses.join(', ')}`);
  }

  return {statuses: words, pipeline, user, limit, output};
};
