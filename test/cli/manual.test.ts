import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import {readdirSync, readFileSync} from 'node:fs';
import {describe, test} from 'vitest';
import {commandTable} from '../../src/cli/commands/command-table.js';
import {environmentVariables} from '../../src/cli/manual/entries.js';
import {buildManualPage} from '../../src/cli/manual/manual.js';
import {escapeRoff} from '../../src/cli/manual/roff.js';
import {commands} from '../../src/keymap/commands.js';
import {settingNames} from '../../src/settings/read-settings.js';

const hasProgram = (name: string): boolean => spawnSync('sh', ['-c', `command -v ${name}`]).status === 0;

describe('the manual page', () => {
  const {version} = JSON.parse(readFileSync('package.json', 'utf8')) as {version: string};
  const page = buildManualPage(commandTable, version, '2026-11-28');
  const unwrappedPage = page.replace(/\n(?!\.)(?:\\&)?/g, ' ');

  test('describes every option and every argument of every command', () => {
    for (const {options, positionals} of commandTable) {
      for (const [name, {type, default: defaultValue, describe: description}] of Object.entries(options)) {
        const term = type === 'boolean' && defaultValue === true ? `--no-${name}` : `--${name}`;
        assert.match(page, new RegExp(`^\\.B "[^"]*${escapeRoff(term).replaceAll('\\', '\\\\')}[ "]`, 'm'), term);
        const meaning = (description ?? 'no description').replace(/^--no-[\w-]+: /, '');
        assert.ok(unwrappedPage.includes(escapeRoff(meaning.slice(1))), `${term}: ${meaning}`);
      }

      for (const name of Object.keys(positionals)) {
        assert.ok(page.includes(`.B "${name.toUpperCase()}"`), name);
      }
    }
  });

  test('describes what every key does', () => {
    for (const {title} of commands) {
      assert.ok(unwrappedPage.includes(escapeRoff(title)), title);
    }
  });

  test('is built into dist/', () => {
    const builtPage = readFileSync('dist/zentop.1', 'utf8');
    const [, date = ''] = /^\.TH "ZENTOP" 1 "(\d{4}-\d\d-\d\d)"/.exec(builtPage) ?? [];
    assert.equal(builtPage.replace(date, '2026-11-28'), page);
  });

  test('escapes the special characters of roff', () => {
    assert.equal(escapeRoff('.B \\fB-x “a”'), '\\&.B \\(rsfB\\-x \\[u201C]a\\[u201D]');
  });

  test('lists all options of each command, and describes a shared one only once', () => {
    for (const [index, command] of commandTable.entries()) {
      const [, part = ''] = page.split(/^\.SS "zentop/m).slice(index);
      for (const name of Object.keys(command.options)) {
        assert.match(part.replaceAll('\\-', '-'), new RegExp(`--(?:no-)?${name}\\b`), `${command.usage}: ${name}`);
      }
    }

    assert.equal(page.split(`.B "${escapeRoff('--give-up-after')} `).length, 2);
  });

  test('lists every setting, and every exit code in docs/scripting.md', () => {
    for (const name of settingNames) {
      assert.ok(page.includes(`.B "${escapeRoff(name)}"`), name);
    }

    const [, codes = ''] = readFileSync('docs/scripting.md', 'utf8').split('| exit code | meaning |');
    for (const [, code] of (codes.split('\n\n')[0] ?? '').matchAll(/^\| ([\d, ]+) \|/gm)) {
      assert.ok(page.includes(`.B "${code}"`), code);
    }
  });

  test('lists every environment variable that the program reads', () => {
    const sources = readdirSync('src', {recursive: true, encoding: 'utf8'})
      .filter(file => /\.tsx?$/.test(file) && !/doctor-report|^demo/.test(file))
      .map(file => readFileSync(`src/${file}`, 'utf8'));
    const read =
      /(?:\benv\[|readVariable\(world, |readEitherCase\(world, |take\((?='ZENML_)|[vV]ariable = )'([A-Z][A-Z_]+)'/g;
    const lists = /[vV]ariables = \[([^\]]*)\]/g;
    const names = sources.flatMap(text => [
      ...Array.from(text.matchAll(read), ([, name = '']) => name),
      ...Array.from(text.matchAll(lists), ([, list = '']) => list.match(/[A-Z_]+/g) ?? []).flat(),
    ]);
    assert.ok(names.includes('NODE_EXTRA_CA_CERTS') && names.includes('CURL_CA_BUNDLE') && names.includes('NO_PROXY'));
    const listed = new Set(environmentVariables.flatMap(([variables]) => variables.split(', ')));
    assert.deepEqual([...new Set(names)].filter(name => !listed.has(name)).sort(), []);
  });

  test.skipIf(!hasProgram('mandoc'))('has no mandoc lint warnings, including style', () => {
    const {stdout, status} = spawnSync('mandoc', ['-T', 'lint', '-W', 'style'], {input: page, encoding: 'utf8'});
    assert.equal(stdout, '');
    assert.equal(status, 0);
  });

  test.skipIf(!hasProgram('groff'))('causes no groff warnings', () => {
    const {stderr, status} = spawnSync('groff', ['-man', '-ww', '-Tutf8'], {input: page, encoding: 'utf8'});
    assert.deepEqual({stderr, status}, {stderr: '', status: 0});
  });

  test.skipIf(!hasProgram('mandoc'))('is rendered correctly by mandoc', () => {
    const {stdout} = spawnSync('mandoc', ['-T', 'utf8'], {input: page, encoding: 'utf8'});
    // Bold letters are printed twice, with a backspace in between.
    const text = stdout.replace(/.\x08/gu, '');
    assert.match(text, /^ +--exit-status$/m);
    assert.match(text, /`zenml login`/);
    assert.match(text, /^ +# +go to step by number/m);
  });
});
