import {type ChildProcess, spawn, spawnSync} from 'node:child_process';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {buildChildEnvironment} from './child.js';
import {findFreePort} from './free-port.js';

// Debian installs nginx in a directory that is only on root's PATH.
const searchPath = {PATH: `${process.env['PATH'] ?? ''}:/usr/sbin:/usr/local/sbin`};

const isInstalled = (program: string, versionFlag: string): boolean =>
  spawnSync(program, [versionFlag], {env: {...process.env, ...searchPath}}).status === 0;

/** Names the programs that tests behind nginx need and that are not installed. */
export const findMissingPrograms = (): readonly string[] => [
  ...(isInstalled('nginx', '-v') ? [] : ['nginx']),
  ...(isInstalled('faketime', '--version') ? [] : ['faketime']),
];

const writeConfiguration = (folder: string, port: number, target: string): string => {
  const path = join(folder, 'nginx.conf');
  const temporaryPaths = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    kind => `${kind}_temp_path ${join(folder, kind)};`,
  );
  writeFileSync(
    path,
    `daemon off; master_process off; pid ${join(folder, 'pid')}; error_log stderr;
     events {}
     http {
       access_log off; ${temporaryPaths.join(' ')}
       server {
         listen 127.0.0.1:${port};
         location / { proxy_pass ${target}; proxy_http_version 1.1; proxy_set_header Connection ""; proxy_buffering off; }
       }
     }`,
  );
  return path;
};

export type Nginx = {readonly url: string; readonly stop: () => void};

/**
 * Starts nginx on loopback in front of `target`, with a clock that is ahead by `aheadSeconds`. It sends its own `Date`. Throws an
 * error if it ends while it starts.
 */
export const startNginx = async (target: string, aheadSeconds: number): Promise<Nginx> => {
  const folder = mkdtempSync(join(tmpdir(), 'zentop-nginx-'));
  const port = await findFreePort();
  const sign = aheadSeconds < 0 ? '-' : '+';
  const args = [
    '-f',
    `${sign}${Math.abs(aheadSeconds)}s`,
    'nginx',
    '-p',
    folder,
    '-c',
    writeConfiguration(folder, port, target),
  ];
  const child: ChildProcess = spawn('faketime', args, {
    env: buildChildEnvironment(searchPath),
    stdio: ['ignore', 'ignore', 'pipe'],
    // `faketime` starts nginx as a child; stopping their process group ends both.
    detached: true,
  });
  let errors = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    errors += chunk.toString();
  });
  const url = `http://127.0.0.1:${port}`;
  const hasEnded = (): boolean => child.exitCode !== null || child.signalCode !== null;
  const stop = (): void => {
    if (child.pid !== undefined && !hasEnded()) {
      process.kill(-child.pid, 'SIGTERM');
    }

    rmSync(folder, {recursive: true, force: true});
  };
  for (;;) {
    if (hasEnded()) {
      stop();
      throw new Error(`nginx ended with ${child.exitCode ?? child.signalCode}: ${errors}`);
    }

    const response = await fetch(`${url}/api/v1/info`).catch(() => undefined);
    if (response?.ok === true) {
      return {url, stop};
    }

    await new Promise(resolve => setTimeout(resolve, 100));
  }
};
