/** Options that select the server, the project and the credentials. */
export type ConnectionOptions = {
  readonly server: string | undefined;
  readonly project: string | undefined;
  readonly apiKeyFile: string | undefined;
};

export const connectionOptions = {
  server: {type: 'string', requiresArg: true, describe: 'server URL (default: the one from `zenml login`)'},
  project: {type: 'string', requiresArg: true, describe: 'project name or ID'},
  'api-key-file': {
    type: 'string',
    requiresArg: true,
    describe: 'file, or a pipe as in <(pass zenml), that contains the API key of a service account',
  },
} as const;

type ConnectionArguments = {
  readonly server: string | undefined;
  readonly project: string | undefined;
  readonly 'api-key-file': string | undefined;
};

export const parseConnectionOptions = ({
  server,
  project,
  'api-key-file': apiKeyFile,
}: ConnectionArguments): ConnectionOptions => ({
  server,
  project,
  apiKeyFile,
});
