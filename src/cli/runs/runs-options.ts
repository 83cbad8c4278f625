import {statuses} from '../../domain/status.js';

/** What `zentop runs` asks for, besides the server. */
export type RunsOptions = {
  /** Any of these; none: whatever the status. */
  readonly statuses: readonly string[];
  /** Name or id. */
  readonly pipeline: string | undefined;
  /** Name or id; `me`: whoever is signed in. */
  readonly user: string | undefined;
  readonly limit: number;
  readonly output: RunsOutput;
};

export const runsOutputs = ['table', 'json', 'quiet'] as const;
export type RunsOutput = (typeof runsOutputs)[number];

/** No server gives more at once; who wants more wants the server's own database. */
const maxRunLimit = 10_000;

export const defaultLimit = 20;

export const runsOptions = {
  status: {
    type: 'string',
    array: true,
    requiresArg: true,
    describe: 'only runs of this status; several: of any of these',
  },
  pipeline: {type: 'string', requiresArg: true, describe: 'only runs of this pipeline, by name or id'},
  user: {type: 'string', requiresArg: true, describe: 'only runs of this user, by name or id; `me`: your own'},
  limit: {type: 'number', requiresArg: true, default: defaultLimit, describe: 'how many runs at most'},
  output: {choices: ['table', 'json'], default: 'table', describe: 'a table, or one JSON document'},
} as const;

type RunsArguments = {
  readonly status: readonly string[] | undefined;
  readonly pipeline: string | undefined;
  readonly user: string | undefined;
  readonly limit: number;
  readonly output: RunsOutput;
};

/** Throws a sentence where the limit is none, or a status is no status. */
export const parseRunsOptions = ({status = [], pipeline, user, limit, output}: RunsArguments): RunsOptions => {
  if (!Number.isInteger(limit) || limit < 1 || limit > maxRunLimit) {
    throw new Error(`--limit is a whole number from 1 to ${maxRunLimit}`);
  }

  const words = status.flatMap(word => word.split(',')).map(word => word.trim().toLowerCase());
  const unknown = words.find(word => !statuses.some(known => known === word));
  if (unknown !== undefined) {
    throw new Error(`“${unknown}” is no status; there are ${statuses.join(', ')}`);
  }

  return {statuses: words, pipeline, user, limit, output};
};
