/** Options that say which server is asked, and as whom. */
export type ConnectionOptions = {
  readonly server: string | undefined;
  readonly project: string | undefined;
  readonly apiKeyFile: string | undefined;
};

export const connectionOptions = {
  server: {type: 'string', requiresArg: true, describe: 'ZenML server, instead of the one `zenml login` chose'},
  project: {type: 'string', requiresArg: true, describe: 'project, by name or id'},
  'api-key-file': {type: 'string', requiresArg: true, describe: 'file with an API key of a service account'},
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
