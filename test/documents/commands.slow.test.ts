import assert from 'node:assert/strict';
import {spawn, spawnSync} from 'node:child_process';
import {chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join, resolve} from 'node:path';
import {afterAll, beforeAll, describe, test} from 'vitest';
import {parse} from 'yaml';
import {commandTable} from '../../src/cli/commands/command-table.js';
import {type DemoServer, startDemoServer} from '../support/demo-server.js';
import {startTerminal} from '../support/pty.js';
import {findBlocks, findCommandLines} from './support/command-lines.js';

const hasProgram = (name: string): boolean => spawnSync('sh', ['-c', `command -v ${name}`]).status === 0;

let folder: string;
let recording: string;

/**
 * Stand-ins for the other programs in the command lines. The one for `docker` passes on only the variables that the real one would.
 */
const programs: Readonly<Record<string, string>> = {
  deploy: 'echo deployed',
  'notify-send': ':',
  npm: ':',
  npx: '[ "$1" = --yes ] && shift; exec "$@"',
  docker: `variables=()
while [ "$1" != node:22-slim ]; do [ "$1" = -e ] && variables+=("$2=\${!2}"); shift; done
shift; exec env -i PATH="$PATH" HOME="$HOME" "\${variables[@]}" "$@"`,
  'systemd-run': 'while [ "$1" != zentop ]; do shift; done; exec "$@"',
};

type Result = {readonly code: number | null; readonly output: string};

/** Runs a script in bash with the environment variables that README.md sets, for this server. */
const runScript = (script: string, server: DemoServer, env: Record<string, string> = {}): Promise<Result> =>
  new Promise(settle => {
    const home = mkdtempSync(join(folder, 'home-'));
    const child = spawn('bash', ['-c', script], {
      cwd: home,
      env: {
        PATH: `${folder}:${process.env['PATH']}`,
        NODE_OPTIONS: process.env['NODE_OPTIONS'],
        HOME: home,
        SHELL: '/bin/bash',
        TERM: 'dumb',
        ZENML_CONFIG_PATH: home,
        ZENML_STORE_URL: server.url,
        ZENML_STORE_API_KEY: 'ZENKEY_any',
        ...env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', chunk => {
        output += chunk;
      });
    }

    child.once('close', code => settle({code, output}));
  });

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'zentop-documents-'));
  symlinkSync(resolve('bin/zentop.js'), join(folder, 'zentop'));
  for (const [name, script] of Object.entries(programs)) {
    writeFileSync(join(folder, name), `#!/bin/bash\n${script}\n`);
    chmodSync(join(folder, name), 0o755);
  }

  recording = join(folder, 'run.zentop.gz');
  const server = await startDemoServer({scenario: 'training', speed: 600});
  await runScript(`zentop latest --output quiet --record ${recording}`, server);
  await server.close();
});

afterAll(() => {
  rmSync(folder, {recursive: true, force: true});
});

/** The command line with values in place of its placeholders, and with options so that it ends by itself. */
const fillIn = (line: string, runId: string): string =>
  line
    .replace(/zentop 2d3bfbe2$/, `zentop ${runId.slice(0, 8)}`)
    .replace('--pipeline training', '--pipeline training_pipeline')
    .replace(' [RUN]', ' latest')
    .replace(' [SCENARIO]', '')
    .replace(' [SHELL]', ' bash')
    .replace(' [VALUE]', ' yes')
    .replace('COMMAND', 'runs')
    .replace(/\b(?:FILE|run\.zentop\.gz)$/, line.includes('--record') ? 'new.zentop.gz' : recording)
    .replace(/\bRUN\b/, 'latest')
    .replace(/\bSTEP\b/, 'load_transactions')
    .replace(/^(zentop (?:stop|answer) .*)/, '$1 --yes')
    .replace(/^(zentop demo)$/, '$1 --once');

/** The prose of a document may name a command without its arguments. */
const commandsWithArguments = commandTable
  .filter(({usage}) => usage.includes('<'))
  .map(({usage}) => `zentop ${usage.split(' ')[0]}`);

const lines = findCommandLines()
  .filter(line => /^(?:zentop|docker|systemd-run) /.test(line) && !commandsWithArguments.includes(line))
  .filter(line => hasProgram('jq') || !line.includes('jq'));

describe.concurrent('each command line in the documents succeeds', () => {
  test.each(lines)('%s', async line => {
    const isAnswer = line.startsWith('zentop answer');
    // Slow enough that the run can still be stopped, and that --wait finds it.
    const server = await startDemoServer({scenario: isAnswer ? 'approval' : 'training', speed: 30});
    const {code, output} = await runScript(`set -o pipefail\n${fillIn(line, server.runId)}`, server);
    await server.close();
    if (isAnswer) {
      // The run may not have asked its question yet.
      assert.match(output, /^Answered; the run continues\.$|has no pending question/m);
    } else {
      assert.equal(code, 0, output);
    }

    assert.doesNotMatch(output, /^Usage:|Unknown/);
    assert.ok(!line.endsWith('&& deploy') || output.endsWith('deployed\n'), output);
  });
});

test('the list of command lines contains those of README.md and docs/', () => {
  assert.ok(lines.length > 20, String(lines.length));
  for (const start of [
    'zentop latest --output quiet',
    'zentop replay run',
    'docker run',
    'systemd-run',
    'zentop stop',
  ]) {
    assert.ok(
      lines.some(line => line.startsWith(start)),
      start,
    );
  }
});

describe.skipIf(!hasProgram('jq'))('the step of a workflow in README.md', () => {
  type Step = {readonly env: Record<string, string>; readonly run: string};
  const findStep = (): Step => {
    const [step] = findBlocks('README.md', 'yaml').flatMap(block => parse(block) as readonly Step[]);
    assert.ok(step);
    return step;
  };

  const runStep = async (scenario: string, pipeline: string) => {
    const server = await startDemoServer({scenario, speed: 120});
    const {run} = findStep();
    const summary = join(mkdtempSync(join(folder, 'summary-')), 'summary.md');
    // GitHub runs a step with bash -e.
    const script = `set -e\n${run.replace('--pipeline training', `--pipeline ${pipeline}`)}`;
    const {code, output} = await runScript(script, server, {
      ZENML_ACTIVE_PROJECT_ID: server.projectName,
      GITHUB_STEP_SUMMARY: summary,
    });
    await server.close();
    return {code, output, summary: existsSync(summary) ? readFileSync(summary, 'utf8') : ''};
  };

  test('succeeds if the run succeeds, and sets variables that zentop reads', async () => {
    const {code, summary, output} = await runStep('training', 'training_pipeline');
    assert.equal(code, 0, output);
    assert.match(summary, /succeeded|completed/);
    assert.deepEqual(Object.keys(findStep().env), [
      'ZENML_STORE_URL',
      'ZENML_STORE_API_KEY',
      'ZENML_ACTIVE_PROJECT_ID',
    ]);
  });

  test('fails if the run fails, with the failed step, the critical path and the timeline in the summary', async () => {
    const {code, summary, output} = await runStep('failure', 'nightly_scoring');
    assert.equal(code, 1, output);
    assert.match(summary, /^```\n[\s\S]*convert_amounts\s+failed[\s\S]*\n```\n$/);
    assert.match(summary, /^critical path: /m);
    assert.match(summary, /✗ convert_amounts .*─✗/);
  });

  test('names the pipeline if it does not exist', async () => {
    const {code, output} = await runStep('training', 'no_such_pipeline');
    assert.notEqual(code, 0);
    assert.match(output, /no_such_pipeline/);
  });
});

test.skipIf(!hasProgram('tmux'))('the tmux line of README.md opens a pane that watches the run', async () => {
  const line = findCommandLines().find(each => each.startsWith('tmux '));
  assert.ok(line);
  const server = await startDemoServer({scenario: 'training', speed: 5});
  const home = mkdtempSync(join(folder, 'home-'));
  mkdirSync(join(home, 'tmux'));
  const terminal = startTerminal({
    command: 'tmux',
    args: ['-S', join(home, 'tmux/socket'), '-f', '/dev/null', 'new-session', "PS1='shell$ ' bash --norc --noprofile"],
    cols: 120,
    rows: 30,
    env: {PATH: `${folder}:${process.env['PATH']}`, HOME: home, ZENML_CONFIG_PATH: home, ZENML_STORE_URL: server.url},
  });
  await terminal.waitFor('shell$');
  terminal.type(`${line.replace('--pipeline training', '--pipeline training_pipeline')}\r`);
  await terminal.waitFor('load_transactions');
  spawnSync('tmux', ['-S', join(home, 'tmux/socket'), 'kill-server']);
  terminal.kill('SIGKILL');
  await server.close();
});
