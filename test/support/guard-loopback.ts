import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';

/** What loads the guard into a program, which then adds to the file `report` what it tried to contact. */
export const getGuardOption = (report: string): string => {
  const guard = new URL('loopback-guard.js', import.meta.url);
  guard.searchParams.set('report', report);
  return `--import=${guard}`;
};

/**
 * Run by Vitest before all tests; what it returns fails them at their end if any of their processes tried to connect to
 * another machine. Tests that give a program an environment of its own have to pass NODE_OPTIONS on.
 */
export const setup = (): (() => void) => {
  const folder = mkdtempSync(join(tmpdir(), 'zentop-guard-'));
  const report = join(folder, 'report');
  writeFileSync(report, '');
  process.env['NODE_OPTIONS'] = [process.env['NODE_OPTIONS'], getGuardOption(report)].filter(Boolean).join(' ');
  return () => {
    const found = readFileSync(report, 'utf8');
    rmSync(folder, {recursive: true});
    if (found !== '') {
      throw new Error(`Tests tried to contact another machine:\n${found}`);
    }
  };
};
