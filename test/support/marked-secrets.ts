import {type FaultProxy, startFaultProxy} from './fault-proxy.js';

/** A part of every secret, by which it is found wherever it appears. No other program contains it. */
export const mark = `MARKED${process.pid}SECRET`;

/** Secrets as users put them into steps: as a parameter, in a list, in a URL, in the environment of a container. */
const secrets = {
  api_key: `${mark}1`,
  'db.password': `${mark}2`,
  awsSecretAccessKey: `${mark}3`,
  login: {authorization: `Bearer ${mark}4`, tokens: [`${mark}5`]},
  dsn: `postgres://ada:${mark}6@db.test/runs`,
  env: [{name: 'HF_TOKEN', value: `${mark}7`}],
};
const secretMembers = JSON.stringify(secrets).slice(1, -1);

/** The body with secrets added to its configurations, parameters and metadata. */
const withSecrets = (body: string): string =>
  body.replace(
    /"(parameters|settings|environment|run_metadata|caching_parameters)":\s?\{(\s*\})?/g,
    (_, name: string, end?: string) => `"${name}":{${secretMembers}${end === undefined ? ',' : '}'}`,
  );

/** A proxy in front of a server that adds secrets to its responses; `countResponses` counts those that now contain some. */
export const startSecretsProxy = async (
  serverUrl: string,
): Promise<{readonly proxy: FaultProxy; readonly countResponses: () => number}> => {
  const proxy = await startFaultProxy(serverUrl);
  let count = 0;
  proxy.setFault(() => ({
    kind: 'rewritten',
    rewrite: body => {
      const changed = withSecrets(body);
      count += changed === body ? 0 : 1;
      return changed;
    },
  }));
  return {proxy, countResponses: () => count};
};
