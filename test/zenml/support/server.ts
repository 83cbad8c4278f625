import {type ChildProcess, spawn} from 'node:child_process';
import {randomBytes} from 'node:crypto';
import {createWriteStream, mkdirSync, mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {setTimeout as pause} from 'node:timers/promises';
import {fileURLToPath} from 'node:url';
import {createApiKey, requestServer} from './account.js';
import {buildChildEnvironment, type Environment, type RunningChild, startProgram} from './child.js';
import type {Truth} from './document.js';
import {findFreePort} from './free-port.js';
import {installZenml} from './install.js';
import {startLauncher} from './launcher.js';

export type ServerOptions = {
  readonly version: string;
  /** `pro`: a workspace of ZenML Pro, whose variables are in `env`. */
  readonly auth: 'none' | 'password' | 'pro';
  /** Lifetime of the tokens that `/login` issues; by default they never expire. */
  readonly jwtExpireMinutes?: number;
  /** Added to the server's environment; `undefined` removes a variable. */
  readonly env?: Environment;
};

export type ZenmlServer = {
  /** Without a trailing slash. */
  readonly url: string;
  readonly version: string;
  readonly python: string;
  /** Only with `auth: 'password'`: the default user, and the key of a service account. */
  readonly credentials: {readonly username: string; readonly password: string; readonly apiKey: string} | undefined;
  /** For ZenML's own Python client, which has its own configuration folder. */
  readonly clientEnv: Environment;
  /** Returns the folder with this name, for a configuration or a working directory; it is removed when the server stops. */
  readonly createFolder: (name: string) => string;
  /** Starts `pipelines/<file>`; `done` resolves when it has ended. */
  readonly runPipeline: (file: string, args?: readonly string[], env?: Environment) => RunningChild;
  /** What ZenML's Python client says about a run, as `truth.py` prints it. */
  readonly readTruth: (run: string) => Promise<Truth>;
  /** Starts a pipeline and resolves as soon as its run exists. */
  readonly startRun: (
    file: string,
    args?: readonly string[],
    env?: Environment,
  ) => Promise<RunningChild & {readonly id: string}>;
  /** Runs `zenml login` with the API key, as a user does: this writes the configuration that zentop then finds. */
  readonly logIn: (url: string, configFolder: string) => Promise<void>;
  /** Runs `zenml` with these arguments and environment variables; rejects if it fails. */
  readonly runZenml: (args: readonly string[], env: Environment, input?: string) => Promise<void>;
  /** Stops the server and starts it again after `downMs`. */
  readonly restart: (downMs: number) => Promise<void>;
  readonly stop: () => Promise<void>;
};

const getFileBeside = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

const buildEnvironment = (folder: string, options: ServerOptions, password: string): Environment => ({
  ZENML_CONFIG_PATH: join(folder, 'server'),
  ZENML_LOCAL_STORES_PATH: join(folder, 'stores'),
  ZENML_SERVER: 'true',
  ZENML_SERVER_AUTO_ACTIVATE: 'true',
  ZENML_SERVER_ALLOW_LOCAL_FILE_ACCESS: 'true',
  ...(options.auth === 'none'
    ? {ZENML_SERVER_DEPLOYMENT_TYPE: 'local', ZENML_SERVER_AUTH_SCHEME: 'NO_AUTH'}
    : {
        ...(options.auth === 'pro'
          ? {}
          : {
              ZENML_SERVER_DEPLOYMENT_TYPE: 'other',
              ZENML_SERVER_AUTH_SCHEME: 'OAUTH2_PASSWORD_BEARER',
              ZENML_DEFAULT_USER_NAME: 'default',
              ZENML_DEFAULT_USER_PASSWORD: password,
            }),
        // With a fixed key, tokens survive a restart of the server.
        ZENML_SERVER_JWT_SECRET_KEY: randomBytes(32).toString('hex'),
        ...(options.jwtExpireMinutes === undefined
          ? {}
          : {ZENML_SERVER_JWT_TOKEN_EXPIRE_MINUTES: String(options.jwtExpireMinutes)}),
      }),
  ...options.env,
});

/**
 * `/ready` does not exist in the oldest servers tested. They return the dashboard for an unknown path, so `/info` must return JSON.
 */
const isReady = async (url: string): Promise<boolean> => {
  try {
    const response = await fetch(`${url}/api/v1/info`, {signal: AbortSignal.timeout(5000)});
    return response.ok && (response.headers.get('content-type') ?? '').includes('application/json');
  } catch {
    return false;
  }
};

const waitForExit = (child: ChildProcess): Promise<void> =>
  new Promise(resolve => {
    if (child.exitCode !== null || child.signalCode !== null) {
      resolve();
    } else {
      child.once('exit', () => resolve());
    }
  });

type ServerPlace = {
  readonly version: string;
  readonly python: string;
  readonly folder: string;
  readonly port: number;
};

/** Starts the server's process, and resolves as soon as it responds; rejects with its last lines of log if it does not. */
const startProcess = async ({version, python, folder, port}: ServerPlace, env: Environment): Promise<ChildProcess> => {
  const logFile = join(folder, 'server.log');
  const log = createWriteStream(logFile, {flags: 'a'});
  const child = spawn(python, [getFileBeside('serve.py'), String(port), folder], {
    cwd: folder,
    env: buildChildEnvironment(env),
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  child.stdout?.pipe(log);
  child.stderr?.pipe(log);
  const giveUpAt = performance.now() + 600_000;
  while (!(await isReady(`http://127.0.0.1:${port}`))) {
    const isGone = child.exitCode !== null || child.signalCode !== null;
    if (isGone || performance.now() > giveUpAt) {
      child.kill('SIGKILL');
      const lastLines = readFileSync(logFile, 'utf8').split('\n').slice(-30).join('\n');
      throw new Error(
        `the ZenML ${version} server ${isGone ? 'ended' : 'did not respond'} while starting:\n${lastLines}`,
      );
    }
    await pause(200);
  }
  return child;
};

/** Ends a process: by SIGKILL if it does not end by itself within five seconds of SIGTERM. */
const endProcess = async (child: ChildProcess): Promise<void> => {
  child.kill('SIGTERM');
  await Promise.race([waitForExit(child), pause(5000)]);
  child.kill('SIGKILL');
  await waitForExit(child);
};

/** Starts a real ZenML server on a free loopback port, with its own files; installs it first if necessary. */
export const startZenmlServer = async (options: ServerOptions): Promise<ZenmlServer> => {
  const {python, version} = await installZenml(options.version);
  const folder = mkdtempSync(join(tmpdir(), 'zentop-zenml-'));
  const createFolder = (name: string): string => {
    const path = join(folder, name);
    mkdirSync(path, {recursive: true});
    return path;
  };
  for (const name of ['server', 'client', 'stores', 'work']) {
    createFolder(name);
  }
  const password = randomBytes(8).toString('hex');
  const port = await findFreePort();
  const url = `http://127.0.0.1:${port}`;

  const environment = buildEnvironment(folder, options, password);
  const start = () => startProcess({version, python, folder, port}, environment);
  const removeFolder = (): void => rmSync(folder, {recursive: true, force: true});
  let child = await start().catch((error: unknown) => {
    removeFolder();
    throw error;
  });
  const createCredentials = async () => ({
    username: 'default',
    password,
    apiKey: await createApiKey(url, 'default', password),
  });
  const credentials =
    options.auth === 'password'
      ? await createCredentials().catch(async (error: unknown) => {
          await endProcess(child);
          removeFolder();
          throw error;
        })
      : undefined;
  const clientEnv: Environment = {
    ZENML_CONFIG_PATH: join(folder, 'client'),
    ZENML_LOCAL_STORES_PATH: join(folder, 'stores'),
    ZENML_STORE_URL: url,
    ...(credentials ? {ZENML_STORE_API_KEY: credentials.apiKey} : {}),
  };
  const cwd = join(folder, 'work');
  const launcher = startLauncher(python, {folder: createFolder('printed'), cwd, env: clientEnv});
  const runPython = (file: string, args: readonly string[], env: Environment = {}): RunningChild => {
    const path = getFileBeside(`../${file}`);
    return Object.keys(env).length === 0
      ? launcher.run(path, args)
      : startProgram(python, [path, ...args], {cwd, env: {...clientEnv, ...env}});
  };

  const runZenml = async (args: readonly string[], env: Environment, input = ''): Promise<void> => {
    const {code, errors, output} = await startProgram(join(dirname(python), 'zenml'), args, {
      cwd,
      env,
      input,
    }).done;
    if (code !== 0) {
      throw new Error(`zenml ${args.join(' ')} ended with ${code}:\n${output}${errors}`);
    }
  };

  const fetchNewestRunId = async (): Promise<string | undefined> => {
    const page = await requestServer(url, credentials, '/runs?sort_by=desc:created&size=1');
    return (page['items'] as {id: string}[])[0]?.id;
  };

  return {
    url,
    version,
    python,
    credentials,
    clientEnv,
    createFolder,
    runPipeline: (file, args = [], env = {}) => runPython(`pipelines/${file}`, args, env),
    readTruth: async run => {
      const {code, output, errors} = await runPython('support/truth.py', [run]).done;
      if (code !== 0) {
        throw new Error(`truth.py ended with ${code}:\n${errors}`);
      }
      return JSON.parse(output.slice(output.indexOf('\n{"schema"') + 1));
    },
    startRun: async (file, args = [], env = {}) => {
      const before = await fetchNewestRunId();
      const outcome = runPython(`pipelines/${file}`, args, env);
      for (;;) {
        const id = await fetchNewestRunId();
        if (id !== undefined && id !== before) {
          return {...outcome, id};
        }
        if (outcome.child.exitCode !== null) {
          throw new Error(`${file} created no run:\n${(await outcome.done).errors}`);
        }
        await pause(150);
      }
    },
    logIn: (at, configFolder) =>
      runZenml(['login', at, '--api-key'], {ZENML_CONFIG_PATH: configFolder}, `${credentials?.apiKey}\n`),
    runZenml,
    restart: async downMs => {
      await endProcess(child);
      await pause(downMs);
      child = await start();
    },
    stop: async () => {
      launcher.stop();
      await endProcess(child);
      removeFolder();
    },
  };
};
