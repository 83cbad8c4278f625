import assert from 'node:assert/strict';
import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, describe, test} from 'vitest';
import {type DemoServer, startDemoServer} from '../support/demo-server.js';
import {runProgram} from './support/program.js';

const mark = 'MARKEDSECRET';

describe('zentop doctor --report', () => {
  let server: DemoServer;
  let folder: string;
  beforeEach(async () => {
    server = await startDemoServer({scenario: 'failure'});
    folder = mkdtempSync(join(tmpdir(), 'zentop-report-'));
    mkdirSync(join(folder, 'zentop'));
  });
  afterEach(async () => {
    await server.close();
    rmSync(folder, {recursive: true});
  });

  const report = (env: Record<string, string> = {}) =>
    runProgram(server, ['doctor', '--report'], {HOME: folder, XDG_CONFIG_HOME: folder, ...env});

  test('is one block with versions, terminal variables and settings', async () => {
    writeFileSync(join(folder, 'zentop', 'config.yaml'), 'theme: mono\nkeys: {step.nxt: n}\n');
    const {code, output} = await report({
      TERM: 'xterm-kitty',
      LANG: 'de_DE.UTF-8',
      TMUX: '/tmp/tmux',
      NODE_EXTRA_CA_CERTS: '/ca.pem',
    });
    assert.equal(code, 0);
    assert.match(output, /^```\n(?:(?!```)[\s\S])*\n```\n$/);
    assert.match(output, /zentop +\d+\.\d+\.\d+\n/);
    assert.match(output, /node +v\d+/);
    assert.match(output, /^TERM=xterm-kitty$/m);
    assert.match(output, /^LANG=de_DE\.UTF-8$/m);
    const names = 'NODE_EXTRA_CA_CERTS NODE_OPTIONS TMUX ZENML_CONFIG_PATH ZENML_STORE_URL';
    assert.ok(output.includes(`\nother environment variables set: ${names}\n`), output);
    assert.match(output, /^theme: "mono" +# from the file$/m);
    assert.match(output, /line 2, column 8: unknown command/);
    assert.ok(!output.includes(folder) && output.includes('# ~/zentop/config.yaml'), output);
  });

  test('works without any configuration, with broken files and with an unreachable server, and prints the same output each time', async () => {
    const nowhere = {url: 'http://127.0.0.1:9'} as DemoServer;
    const env = {HOME: folder, XDG_CONFIG_HOME: folder, ZENML_CONFIG_PATH: join(folder, 'zen')};
    const down = await runProgram(nowhere, ['doctor', '--report'], env);
    assert.deepEqual({code: down.code, errors: down.errors}, {code: 0, errors: ''});
    assert.match(down.output, /^! version +Cannot reach http:\/\/127\.0\.0\.1:9/m);
    assert.equal((await runProgram(nowhere, ['doctor', '--report'], env)).output, down.output);

    const unsetResult = await runProgram(nowhere, ['doctor', '--report'], {...env, ZENML_STORE_URL: ''});
    assert.match(unsetResult.output, /^! server +No ZenML server configured/m);

    mkdirSync(join(folder, 'zen'));
    writeFileSync(join(folder, 'zen', 'config.yaml'), 'store: [');
    writeFileSync(join(folder, 'zentop', 'config.yaml'), 'theme: [');
    const brokenResult = await runProgram(nowhere, ['doctor', '--report'], env);
    assert.equal(brokenResult.code, 0);
    assert.match(brokenResult.output, /^! config +~\/zen\/config\.yaml is not valid YAML/m);
    assert.match(brokenResult.output, /~\/zentop\/config\.yaml, line \d+, column \d+: not valid YAML/);
    assert.match(brokenResult.output, /^theme: "auto"/m);
  });

  test('contains no secret, wherever one is configured', async () => {
    writeFileSync(join(folder, 'zentop', 'config.yaml'), `on-end: [curl, -H, "token: ${mark}1"]\n${mark}2: 3\n`);
    writeFileSync(join(folder, 'key'), `ZENKEY_${mark}3`);
    writeFileSync(join(folder, 'config.yaml'), `store:\n  url: ${server.url}\n  type: rest\n  api_key: ${mark}4\n`);
    writeFileSync(
      join(folder, 'credentials.yaml'),
      `${server.url}:\n  url: ${server.url}\n  api_key: ${mark}5\n  api_token: {access_token: ${mark}6}\n`,
    );
    const secrets: Record<string, string> = {
      ZENML_STORE_API_KEY: `ZENKEY_${mark}7`,
      ZENML_STORE_PASSWORD: `${mark}8`,
      ZENML_STORE_USERNAME: 'ada',
      HTTPS_PROXY: `http://u:${mark}9@proxy.test:3128`,
      http_proxy: `http://u:${mark}a@127.0.0.1:9`,
      NO_PROXY: '127.0.0.1',
      NODE_OPTIONS: `--title=${mark}b`,
      ZENML_CONFIG_PATH: folder,
    };
    for (const env of [
      secrets,
      {...secrets, NO_PROXY: ''},
      {...secrets, ZENML_STORE_URL: `http://u:${mark}c@127.0.0.1:9?token=${mark}d`},
    ]) {
      const {output} = await report(env);
      assert.match(output, /^```\n/);
      assert.ok(!output.includes(mark), output);
      assert.match(output, /ZENML_STORE_API_KEY/);
    }
  });
});
