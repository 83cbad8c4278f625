import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';

/**
 * The Node option that loads the guard into a program; the guard appends each attempt to contact another machine to the file
 * `report`.
 */
export const getGuardOption = (report: string): string => {
  const guard = new URL('loopback-guard.js', import.meta.url);
  guard.searchParams.set('report', report);
  return `--import=${guard}`;
};

/**
 * Run by Vitest before all tests. The function that it returns runs after them and throws if any of their processes tried to
 * connect to another machine. Tests that give a program an environment of its own have to pass NODE_OPTIONS on. TEST_FOLDER is
 * a folder for files of the tests, which is removed after them.
 */
export const setup = (): (() => void) => {
  const folder = mkdtempSync(join(tmpdir(), 'zentop-guard-'));
  const report = join(folder, 'report');
  writeFileSync(report, '');
  process.env['TEST_FOLDER'] = folder;
  process.env['NODE_OPTIONS'] = [process.env['NODE_OPTIONS'], getGuardOption(report)].filter(Boolean).join(' ');
  return () => {
    const found = readFileSync(report, 'utf8');
    rmSync(folder, {recursive: true, force: true, maxRetries: 5});
    if (found !== '') {
      throw new Error(`Tests tried to contact another machine:\n${found}`);
    }
  };
};
