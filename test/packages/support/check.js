import assert from 'node:assert/strict';
import {spawn} from 'node:child_process';
import {readFileSync, realpathSync} from 'node:fs';
import {join} from 'node:path';
import {hasProgram, repository, run} from './folders.js';

const {version} = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8'));

/** Runs a test and prints how it went. */
export const check = async (behavior, test) => {
  try {
    await test();
    process.stdout.write(`  passed: ${behavior}\n`);
  } catch (error) {
    process.stdout.write(`  FAILED: ${behavior}\n${error.stack}\n`);
    process.exitCode = 1;
  }
};

/** Checks what zentop must do wherever it was installed. `path` is the value of PATH that the program runs with. */
export const checkProgram = async (label, program, path) => {
  await check(`${label}: prints its version`, () => {
    assert.equal(run(program, ['--version'], {path}).stdout, `${version}\n`);
  });
  await check(`${label}: exits with the documented codes`, () => {
    run(program, ['demo', 'failure', '--output', 'quiet', '--once', '--exit-status'], {path, expected: 0});
    run(program, ['--no-such-option'], {path, expected: 2});
  });
  await check(
    `${label}: ends when it receives SIGTERM, and says so by its exit code or by ending with the signal`,
    async () => {
      const child = spawn(program, ['demo', '--output', 'plain'], {env: {...process.env, PATH: path}, stdio: 'pipe'});
      child.stdout.once('data', () => child.kill('SIGTERM'));
      const code = await new Promise(resolve => child.once('exit', (exitCode, signal) => resolve(exitCode ?? signal)));
      assert.ok(code === 143 || code === 'SIGTERM', String(code));
    },
  );
};

/**
 * Checks that `man zentop` works, or only that the page is in its place if there is no man here. man searches share/man beside
 * each folder of PATH.
 */
export const checkManualPage = (label, prefix) => {
  const hasMan = hasProgram('man');
  return check(`${label}: ${hasMan ? 'man finds its manual page' : 'its manual page is installed'}`, () => {
    if (hasMan) {
      const {stdout} = run('man', ['-w', 'zentop'], {
        path: `${prefix}/bin:${process.env.PATH}`,
        env: {MANPATH: ''},
      });
      assert.equal(realpathSync(stdout.trim()), realpathSync(`${prefix}/share/man/man1/zentop.1`));
    } else {
      assert.match(readFileSync(`${prefix}/share/man/man1/zentop.1`, 'utf8'), /^\.TH "ZENTOP"/m);
    }
  });
};
