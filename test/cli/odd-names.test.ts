import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import {readdirSync, symlinkSync} from 'node:fs';
import {join, resolve} from 'node:path';
import {afterAll, afterEach, beforeAll, describe, test} from 'vitest';
import {fraudProject} from '../../src/demo/scenarios/fraud-project.js';
import type {Scenario} from '../../src/demo/script.js';
import {type DemoServer, startDemoServer} from '../support/demo-server.js';
import {startTerminal, type Terminal} from '../support/pty.js';
import {createFolder} from '../terminal/support/watching.js';

/** What is typed in any of the shells, and the name it must be completed to. */
const steps: readonly (readonly [typed: string, name: string])[] = [
  ['fit', 'fit the model'],
  ['two\\ w', 'two words'],
  ['"dou', 'double quoted name'],
  ["'sin", 'single quoted name'],
  ['it', "it's new"],
  ["'$(", '$(touch pwned)'],
  ['\\`', '`touch pwned`'],
  ['semi', 'semi;touch pwned'],
  ['pipe', 'pipe|touch pwned&'],
  ['map:e', 'map:embed:1'],
  ['grou', 'group:a b:c'],
  ['v@', 'v@2'],
  ['eq=', 'eq=1'],
  ['quo', 'quo"ted"'],
  ['naï', 'naïve 模型'],
  ['star', 'star*[a-z]?'],
  ['cur', 'curly {a,b} $HOME'],
];

const oddNames: Scenario = {
  name: 'odd names',
  description: 'a run with step names that no shell may execute',
  build: () => ({
    ...fraudProject,
    runs: [
      {
        key: 'odd',
        pipeline: 'odd',
        index: 1,
        user: 'nightly',
        startedAgoMs: 60_000,
        getSteps: () => steps.map(([, name]) => ({name, module: 'steps', code: '', attempts: [{durationMs: 1}]})),
      },
    ],
    shownRunKey: 'odd',
  }),
};

const shells = [
  {shell: 'bash', args: ['--norc', '--noprofile', '-i'], begin: 'source <(zentop completion bash)'},
  {
    shell: 'zsh',
    args: ['-f', '-i'],
    begin: 'bindkey -e; autoload -Uz compinit && compinit -u -D; source <(zentop completion zsh)',
  },
  {shell: 'fish', args: ['--no-config', '-i'], begin: 'zentop completion fish | source'},
] as const;

const hasShell = (name: string): boolean => spawnSync(name, ['--version']).status === 0;

const [enter, tab, toBegin] = ['\r', '\t', '\x01'];

// zentop waits 600 ms for the server, which may be too short on a busy machine.
describe.each(shells)('names from the server, in $shell', {timeout: 120_000, retry: 10}, ({shell, args, begin}) => {
  let server: DemoServer;
  let folder: string;
  let terminal: Terminal | undefined;
  let count = 0;
  beforeAll(async () => {
    server = await startDemoServer({scenario: oddNames});
    folder = createFolder();
    symlinkSync(resolve('bin/zentop.js'), join(folder, 'zentop'));
  });
  afterAll(async () => {
    terminal?.kill();
    await server.close();
  });

  const startShell = async (): Promise<Terminal> => {
    const started = startTerminal({
      command: shell,
      args,
      cols: 200,
      rows: 50,
      cwd: folder,
      env: {
        PATH: `${folder}:${process.env['PATH']}`,
        HOME: folder,
        ZENML_CONFIG_PATH: folder,
        ZENML_STORE_URL: server.url,
        PS1: '$ ',
      },
    });
    started.type(`${begin}; echo rea''dy${enter}`);
    await started.waitFor(/^ready$/m, {timeoutMs: 60_000});
    return started;
  };

  /** The arguments of the line in the shell after completion. */
  const complete = async (line: string): Promise<readonly string[]> => {
    terminal ??= await startShell();
    const mark = `end${++count}`;
    terminal.type(`${line}${tab}${toBegin}printf '<%s>\\n' ${enter}`);
    terminal.type(`echo '${mark.slice(0, 2)}''${mark.slice(2)}'${enter}`);
    const lines = await terminal.waitFor(new RegExp(`^${mark}$`, 'm'), {timeoutMs: 30_000});
    terminal.type(`clear${enter}`);
    return lines.flatMap(text => /^<(.*)>$/.exec(text)?.[1] ?? []);
  };

  // A line that was not completed may have left the shell inside a quotation.
  afterEach(({task}) => {
    if (task.result?.state === 'fail') {
      terminal?.kill();
      terminal = undefined;
    }
  });

  test.skipIf(!hasShell(shell)).each(steps)('completes %s to %j', async (typed, name) => {
    assert.deepEqual(await complete(`zentop logs ${server.runId} ${typed}`), ['zentop', 'logs', server.runId, name]);
    assert.ok(!readdirSync(folder).includes('pwned'));
  });
});
