import assert from 'node:assert/strict';
import {spawn, spawnSync} from 'node:child_process';
import {existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join, resolve} from 'node:path';
import {afterAll, beforeAll, describe, test} from 'vitest';
import {type DemoServer, startDemoServer} from '../support/demo-server.js';
import {startSilentServer} from '../support/silent-server.js';

const hasShell = (name: string): boolean => spawnSync(name, ['--version']).status === 0;

// zentop waits 600 ms for the server, which may be too short on a busy machine.
describe('completion in a real shell', {retry: 10}, () => {
  let server: DemoServer;
  let folder: string;
  beforeAll(async () => {
    server = await startDemoServer({scenario: 'failure', speed: 60});
    folder = mkdtempSync(join(tmpdir(), 'zentop-completion-'));
    symlinkSync(resolve('bin/zentop.js'), join(folder, 'zentop'));
  });
  afterAll(async () => {
    await server.close();
    rmSync(folder, {recursive: true});
  });

  /** The output of a shell that runs a script with zentop on its path. */
  const runShell = (shell: string, script: string, serverUrl = server.url): Promise<string> =>
    new Promise(settle => {
      const child = spawn(shell, ['-c', script], {
        cwd: folder,
        env: {
          PATH: `${folder}:${process.env['PATH']}`,
          NODE_OPTIONS: process.env['NODE_OPTIONS'],
          HOME: folder,
          ZENML_CONFIG_PATH: folder,
          ZENML_STORE_URL: serverUrl,
        },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      let text = '';
      child.stdout.setEncoding('utf8').on('data', chunk => {
        text += chunk;
      });
      child.stderr.setEncoding('utf8').on('data', chunk => {
        text += chunk;
      });
      child.once('close', () => settle(text));
    });

  const completeInBash = async (line: string, serverUrl?: string): Promise<readonly string[]> => {
    const script = `source <(zentop completion bash)
COMP_LINE=${JSON.stringify(line)} COMP_POINT=\${#COMP_LINE} COMP_WORDBREAKS=$' \\t\\n"\\'@><=;|&(:'
_zentop
printf '%s\\n' "\${COMPREPLY[@]}"`;
    return (await runShell('bash', script, serverUrl)).split('\n').filter(text => text !== '');
  };

  test('offers commands and runs if nothing is typed yet', async () => {
    const words = await completeInBash('zentop ');
    assert.ok(words.includes('logs') && words.includes('latest'));
    assert.ok(words.includes(server.runId.slice(0, 8)));
  });

  test('completes only the short form of an ID', async () => {
    const id = server.runId.slice(0, 8);
    assert.deepEqual(await completeInBash(`zentop logs ${id.slice(0, 7)}`), [id]);
  });

  test('completes the steps of the run that was typed', async () => {
    assert.deepEqual(await completeInBash(`zentop logs ${server.runId} conv`), ['convert_amounts']);
  });

  test('completes options, their values, and values after an equals sign', async () => {
    assert.deepEqual(await completeInBash('zentop runs --pro'), ['--project']);
    assert.deepEqual(await completeInBash('zentop latest --output q'), ['quiet']);
    // Readline keeps what precedes the sign.
    assert.deepEqual(await completeInBash('zentop latest --output=q'), ['quiet']);
    assert.deepEqual(await completeInBash('zentop latest --no-c'), ['--no-color']);
  });

  test('completes short options and --version', async () => {
    assert.deepEqual(await completeInBash('zentop logs latest load_data -'), [
      '--follow',
      ...(await completeInBash('zentop logs latest load_data --')).filter(word => word !== '--follow'),
      '-f',
      '-h',
      '-V',
    ]);
    assert.deepEqual(await completeInBash('zentop --ve'), ['--version']);
    assert.deepEqual(await completeInBash('zentop runs --user m'), ['me']);
    assert.deepEqual(await completeInBash('zentop completion b'), ['bash']);
  });

  const env = 'export SHELL=/bin/bash';
  test('--install writes the script to where bash-completion looks, and --uninstall removes it', async () => {
    const path = join(folder, '.local/share/bash-completion/completions/zentop');
    assert.ok(
      (await runShell('bash', `${env}; zentop completion --install`)).startsWith(
        `Wrote ${path}. Completion works in new bash shells.`,
      ),
    );
    assert.equal(
      await runShell('bash', `source ${path}; complete -p zentop`),
      'complete -o nosort -F _zentop zentop\n',
    );
    assert.equal(await runShell('bash', 'zentop completion bash --uninstall'), `Removed ${path}.\n`);
    assert.equal(existsSync(path), false);
  });

  test.skipIf(!hasShell('fish'))('--install makes fish complete without any other step', async () => {
    await runShell('fish', 'zentop completion fish --install');
    assert.match(await runShell('fish', `complete -C 'zentop latest --outp'`), /^--output\toutput format; auto/m);
    assert.match(await runShell('fish', 'zentop completion fish --uninstall'), /^Removed /);
  });

  test.skipIf(!hasShell('zsh'))('--install makes zsh complete without any other step', async () => {
    const prepare = 'mkdir -p zsh; print "fpath=(~/zsh \\$fpath); autoload -Uz compinit; compinit -u -D" > .zshrc';
    const text = await runShell(
      'zsh',
      `${prepare}; zentop completion zsh --install; zsh -ic 'print -r -- $_comps[zentop]'`,
    );
    assert.equal(text, `Wrote ${folder}/zsh/_zentop. Completion works in new zsh shells.\n_zentop\n`);
    assert.match(await runShell('zsh', 'zentop completion zsh --uninstall'), /^Removed /);
  });

  test.each([
    ['--install', 'Print the script with `zentop completion SHELL` and save it where your shell looks for it.'],
    ['--uninstall', 'Remove the file yourself.'],
  ])('%s says what to do if the script cannot be changed', async (option, hint) => {
    const path = join(folder, 'blocked/fish/completions/zentop.fish');
    mkdirSync(path, {recursive: true});
    const text = await runShell(
      'bash',
      `export XDG_CONFIG_HOME=~/blocked; zentop completion fish ${option} 2>&1; echo "exit code $?"`,
    );
    const [message, ...others] = text.split('\n');
    assert.ok(message?.startsWith(`zentop: Cannot change ${path}: EISDIR`), message);
    assert.deepEqual(others, [hint, 'exit code 4', '']);
  });

  test('completes pipelines, even after connection options', async () => {
    const pipelines = await completeInBash(`zentop runs --server ${server.url} --pipeline `);
    assert.ok(pipelines.length > 0 && pipelines.every(word => !word.startsWith('-')));
  });

  test('leaves files to the shell', async () => {
    assert.deepEqual(await completeInBash('zentop replay '), []);
  });

  test('completes statuses, including those in lists', async () => {
    assert.deepEqual(await completeInBash('zentop runs --status=fa'), ['failed']);
    assert.deepEqual(await completeInBash('zentop runs --status failed,stopp'), ['failed,stopping', 'failed,stopped']);
  });

  test('completes a full ID if more than its short form is typed', async () => {
    assert.deepEqual(await completeInBash(`zentop ${server.runId.slice(0, 20)}`), [server.runId]);
  });

  test('offers what it knows without a server, and prints no errors, if the server cannot be reached', async () => {
    assert.deepEqual(await completeInBash('zentop logs ', 'http://127.0.0.1:9'), ['latest']);
    assert.deepEqual(await completeInBash('zentop logs latest ', 'http://127.0.0.1:9'), []);
  });

  test('does not wait long for a server that does not respond', async () => {
    const silent = await startSilentServer();
    try {
      const measureCompletion = async (url: string): Promise<number> => {
        const beganAt = performance.now();
        assert.deepEqual(await completeInBash('zentop logs latest ', url), []);
        assert.deepEqual(await completeInBash('zentop log', url), ['logs']);
        return performance.now() - beganAt;
      };
      // A request alone would time out after ten seconds; the start of the program depends on the machine.
      const refusedMs = await measureCompletion('http://127.0.0.1:9');
      assert.ok((await measureCompletion(silent.url)) < 3 * refusedMs + 5000);
    } finally {
      await silent.close();
    }
  });

  test.skipIf(!hasShell('fish'))('describes candidates in fish', async () => {
    const text = await runShell(
      'fish',
      `zentop completion fish | source; complete -C 'zentop latest --outp'; complete -C 'zentop '`,
    );
    assert.match(text, /^--output\toutput format; auto/m);
    assert.match(text, /^latest\tnewest run$/m);
  });

  test.skipIf(!hasShell('zsh'))('works with the zsh script', async () => {
    // compadd can only be called while a line is edited, so _describe is replaced instead.
    const script = `autoload -Uz compinit && compinit -u -D
source <(zentop completion zsh)
_describe() { print -rl -- "\${(@P)3}" }
words=(zentop logs ${server.runId} ''); CURRENT=4; PREFIX=''
_zentop
words=(zentop latest --outp); CURRENT=3; PREFIX=--outp
_zentop
print -r -- "bound: \${_comps[zentop]}"`;
    const text = await runShell('zsh', script);
    assert.match(text, /^convert_amounts$/m);
    assert.match(text, /^--output:output format; auto/m);
    assert.match(text, /^bound: _zentop$/m);
  });
});
