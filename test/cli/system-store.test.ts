import assert from 'node:assert/strict';
import {execFile, execFileSync} from 'node:child_process';
import {existsSync, mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {delimiter, join, resolve} from 'node:path';
import {afterAll, beforeAll, describe, test} from 'vitest';
import {type DemoServer, startDemoServer} from '../support/demo-server.js';
import {type LocalServer, startTlsProxy} from '../support/local-server.js';

const readPem = (name: string): string => resolve(`test/fixtures/tls/${name}.pem`);

/** The first Node.js, this one or one on PATH, that can read the system's store; on Linux that is SSL_CERT_FILE, if set. */
const findNode = (): string | undefined => {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter(Boolean);
  const nodes = [process.execPath, ...folders.map(folder => join(folder, 'node')).filter(path => existsSync(path))];
  const code = 'process.exit(typeof require("node:tls").getCACertificates === "function" ? 0 : 1)';
  return nodes.find(node => {
    try {
      execFileSync(node, ['-e', code], {stdio: 'ignore'});
      return true;
    } catch {
      return false;
    }
  });
};

const node = process.platform === 'linux' ? findNode() : undefined;

let demo: DemoServer;
let secure: LocalServer;
let home: string;

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'zentop-store-'));
  demo = await startDemoServer({scenario: 'failure'});
  const certificate = {cert: readFileSync(readPem('good'), 'utf8'), key: readFileSync(readPem('good-key'), 'utf8')};
  secure = await startTlsProxy(demo, certificate);
});
afterAll(async () => {
  await secure.close();
  await demo.close();
  rmSync(home, {recursive: true, force: true});
});

type ProgramResult = {readonly code: number; readonly output: string; readonly errors: string};

/**
 * Runs the built program on a Node.js that can read the system's store. REQUESTS_CA_BUNDLE takes precedence over SSL_CERT_FILE, so
 * that only Node.js reads the latter.
 */
const run = (args: readonly string[], systemStore: string): Promise<ProgramResult> => {
  const {PATH = '', NODE_OPTIONS = ''} = process.env;
  const env = {
    PATH,
    NODE_OPTIONS,
    HOME: home,
    ZENML_CONFIG_PATH: home,
    ZENML_STORE_URL: secure.url,
    REQUESTS_CA_BUNDLE: readPem('cert'),
    SSL_CERT_FILE: systemStore,
    SSL_CERT_DIR: join(home, 'no-folder'),
  };
  return new Promise(settle => {
    execFile(node ?? '', [resolve('bin/zentop.js'), ...args], {cwd: home, env}, (error, output, errors) => {
      settle({code: typeof error?.code === 'number' ? error.code : error ? -1 : 0, output, errors});
    });
  });
};

describe.skipIf(node === undefined)(
  "the system's store of certificates (needs Linux, and Node.js 22.15 or later on PATH)",
  () => {
    test('is used for a server whose certificate nothing else vouches for, as `doctor` reports', async () => {
      const {code, errors} = await run(['runs'], readPem('ca'));
      assert.equal(code, 0, errors);
      const doctor = await run(['doctor'], readPem('ca'));
      assert.match(doctor.output, /certificates +CAs built into Node\.js \+ CAs in \S+cert\.pem \+ the system's CAs/);
      assert.match(doctor.output, /version +\d/);
    });

    test('does not help a server whose CA it does not contain', async () => {
      const {code, errors} = await run(['runs'], readPem('expired'));
      assert.equal(code, 4, errors);
      assert.match(errors, /is not trusted: certificate issued by an unknown authority/);
    });

    test('is not mentioned by `doctor` if it is empty', async () => {
      const {output} = await run(['doctor'], join(home, 'no-file'));
      assert.match(output, /certificates +CAs built into Node\.js \+ CAs in \S+cert\.pem {2}\(REQUESTS_CA_BUNDLE\)/);
    });
  },
);
