import assert from 'node:assert/strict';
import {mkdirSync, mkdtempSync, readFileSync, rmSync, watch, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, describe, test} from 'vitest';
import {countCells} from '../../src/format/cells.js';
import {type DemoServer, startDemoServer} from '../support/demo-server.js';
import {createServerClock} from '../support/server-clock.js';
import {type ProgramResult, runProgram, startProgram} from './support/program.js';

describe('user settings', () => {
  let server: DemoServer;
  let serverClock: ReturnType<typeof createServerClock>;
  let folder: string;
  beforeEach(async () => {
    serverClock = createServerClock();
    server = await startDemoServer({scenario: 'failure', clock: serverClock.clock});
    folder = mkdtempSync(join(tmpdir(), 'zentop-settings-'));
  });
  afterEach(async () => {
    await server.close();
    rmSync(folder, {recursive: true});
  });

  const write = (text: string): string => {
    const path = join(folder, 'zentop', 'config.yaml');
    mkdirSync(join(folder, 'zentop'), {recursive: true});
    writeFileSync(path, text);
    return path;
  };
  const run = (...args: readonly string[]) => runProgram(server, args, {XDG_CONFIG_HOME: folder});
  /** Watches the run, which ends only once it has been seen in progress. */
  const watchToEnd = async (...args: readonly string[]): Promise<ProgramResult> => {
    const program = startProgram(server, [server.runId, '--output', 'plain', ...args], {XDG_CONFIG_HOME: folder});
    await program.waitForOutput(/ run .*(initializing|running)/);
    serverClock.pass(600_000);
    return program.done;
  };

  test('zentop config prints the file and each setting with its origin', async () => {
    const path = write('theme: mono\ninterval: 5\n');
    const {code, output} = await run('config');
    assert.equal(code, 0);
    assert.match(output, new RegExp(`^# ${path}\n`));
    assert.match(output, /^theme: "mono" +# from the file$/m);
    assert.match(output, /^interval: 5 +# from the file$/m);
    assert.match(output, /^ascii: false +# default$/m);
  });

  test('zentop config --keys prints every command with its keys', async () => {
    write('keys:\n  step.next: [j, ctrl-n]\n  step.nxt: x\n');
    const {code, output, errors} = await run('config', '--keys');
    assert.equal(code, 2);
    assert.match(output, /^keys:\n/);
    assert.match(output, /^ {2}step\.next: \["j", "ctrl-n"\] +# select next step$/m);
    assert.match(output, /^ {2}step\.previous: \["k", "up"\] +# select previous step$/m);
    assert.match(
      errors,
      /config\.yaml, line 3, column 3: unknown command “step\.nxt”\. `zentop config --keys` lists all\.\n$/,
    );
  });

  test('zentop config --keys aligns titles in terminal cells', async () => {
    write('keys:\n  help.open: [ㅎ]\n');
    const {output} = await run('config', '--keys');
    const titleStarts = output.split('\n').flatMap(line => {
      const [keys, title] = line.split(/(?=# )/);
      return title === undefined || countCells(keys!.trimEnd()) > 44 ? [] : [countCells(keys!)];
    });
    assert.match(output, /help\.open: \["ㅎ"\]/);
    assert.deepEqual([...new Set(titleStarts)], [46]);
  });

  test('reports an error with its position and runs anyway', async () => {
    const path = write('theme: pink\n');
    // The exit code depends on how far the run is by now.
    const {output, errors} = await run(server.runId, '--once', '--output', 'json');
    assert.equal(JSON.parse(output).schema, 'zentop/1');
    assert.match(errors, new RegExp(`^zentop: ${path}, line 1, column 1: theme must be one of: auto, `));
  });

  test.each([
    ['a file of 200,000 keys', `theme: mono\n${Array.from({length: 200_000}, (_, n) => `k${n}: 1`).join('\n')}`, 1],
    ['40 errors', Array.from({length: 40}, (_, n) => `k${n}: 1`).join('\n'), 40],
    ['a duplicate key', 'ascii: true\nascii: false\n', 1],
    ['bytes that are not text', '\xff\x00\xfe', 1],
  ])('prints each error, and the defaults, for %s', async (_, text, count) => {
    write(text);
    const {code, output, errors} = await run('config');
    assert.equal(code, 2);
    assert.match(output, /^theme: "auto" +# default$/m);
    const sentences = errors.trimEnd().split('\n');
    assert.ok(sentences.length === count && sentences.every(line => /^zentop: .*\.$/.test(line)), errors);
  });

  test('zentop config says whether the file is missing, empty or ignored', async () => {
    assert.match((await run('config')).output, /^# .*config\.yaml \(does not exist\)\n/);
    write('');
    const {code, output} = await run('config');
    assert.match(output, /^# .*config\.yaml \(empty\)\n/);
    assert.equal(code, 0);
    write('theme: [\n');
    assert.match((await run('config')).output, /^# .*config\.yaml \(ignored\)\n/);
  });

  test('other commands print a few of the errors', async () => {
    write(Array.from({length: 40}, (_, n) => `k${n}: 1`).join('\n'));
    const {errors} = await run('runs');
    const sentences = errors.trimEnd().split('\n');
    assert.equal(sentences.length, 6);
    assert.match(sentences.at(-1) ?? '', /35 more errors\. Run `zentop config` to see them all\.$/);
  });

  test('reports a directory in place of the file', async () => {
    mkdirSync(join(folder, 'zentop', 'config.yaml'), {recursive: true});
    assert.match((await run('config')).errors, /Cannot read .*config\.yaml\.\n$/);
  });

  test('ignores a relative XDG_CONFIG_HOME, as its specification requires', async () => {
    const {output} = await runProgram(server, ['config'], {XDG_CONFIG_HOME: 'here', HOME: '/home/ada'});
    assert.match(output, /^# \/home\/ada\/.*zentop\/config\.yaml \(does not exist\)\n/);
  });

  test('starts the --on-end command without a shell and passes it the outcome of the run', async () => {
    const output = join(folder, 'output');
    const script = join(folder, 'notify.js');
    writeFileSync(
      script,
      `const facts = Object.entries(process.env).filter(([name]) => name.startsWith('ZENTOP_'));
       require('node:fs').writeFileSync(${JSON.stringify(output)}, JSON.stringify([process.argv.slice(2), Object.fromEntries(facts)]));`,
    );
    write(`on-end: [${JSON.stringify(process.execPath)}, ${JSON.stringify(script)}, "a b; echo $HOME"]\n`);
    const fileEvent = new Promise<void>(resolve => {
      const watcher = watch(folder, (_, name) => {
        if (name === 'output') {
          watcher.close();
          resolve();
        }
      });
    });
    const {code} = await watchToEnd();
    assert.equal(code, 1);
    await fileEvent;
    const [args, facts] = JSON.parse(await readWrittenText(output)) as [string[], Record<string, string>];
    assert.deepEqual(args, ['a b; echo $HOME']);
    assert.equal(facts['ZENTOP_STATUS'], 'failed');
    assert.equal(facts['ZENTOP_RUN_ID'], server.runId);
    assert.equal(facts['ZENTOP_FAILED_STEPS'], 'convert_amounts');
  });

  test('reports a command that cannot be started', async () => {
    const {code, errors} = await watchToEnd('--on-end', '/no/such/program');
    assert.equal(code, 1);
    assert.match(errors, /^zentop: --on-end: could not start \/no\/such\/program: /);
  });
});

/** Reads a file that another process is writing, once it is complete. */
const readWrittenText = async (path: string): Promise<string> => {
  for (;;) {
    const text = readFileSync(path, 'utf8');
    if (text.endsWith(']')) {
      return text;
    }

    await new Promise(resolve => setImmediate(resolve));
  }
};
