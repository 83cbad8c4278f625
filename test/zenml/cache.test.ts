import assert from 'node:assert/strict';
import {afterAll, afterEach, beforeAll, describe, test} from 'vitest';
import {keyBytes} from '../support/key-bytes.js';
import type {Terminal} from '../support/pty.js';
import {watch} from './support/program.js';
import {startZenmlServer, type ZenmlServer} from './support/server.js';
import {zenmlVersion} from './support/version.js';
import {endOf} from './support/watched-run.js';

/** What was changed from run to run, and so what the Cache tab must say of each step. */
const runs: readonly (readonly [variant: string, verdicts: Readonly<Record<string, RegExp>>])[] = [
  ['base', {source: /nothing to reuse/, scale: /nothing to reuse/, summarise: /nothing to reuse/}],
  ['base', {source: /Served from the cache/, scale: /Served from the cache/, summarise: /Served from the cache/}],
  [
    'parameter',
    {
      source: /Served from the cache/,
      scale: /because a parameter changed[\s\S]*factor 2 → 0\.5/,
      summarise: /because an input changed[\s\S]*scaled scaled:\d+ → scaled:\d+, because scale ran again/,
      untouched: /Served from the cache/,
    },
  ],
  [
    'code',
    {
      source: /Served from the cache/,
      scale:
        /because a parameter and its code changed[\s\S]*factor 0\.5 → 2 [\s\S]*of the step changed: \d+ lines added/,
      untouched: /Served from the cache/,
    },
  ],
  ['policy', {source: /Served from the cache/, scale: /caching is off, set by the step \(enable_cache=False\)/}],
];

describe(`why steps were not served from the cache, on ZenML ${zenmlVersion}`, () => {
  let server: ZenmlServer;
  let terminal: Terminal | undefined;
  const ids: string[] = [];

  beforeAll(async () => {
    server = await startZenmlServer({version: zenmlVersion, auth: 'none'});
    for (const [variant] of runs) {
      const {id, done} = await server.startRun('cache_reasons.py', ['--variant', variant]);
      await done;
      ids.push(id);
    }
  }, 900_000);
  afterAll(() => server?.stop());
  afterEach(() => terminal?.kill('SIGKILL'));

  for (const [at, [variant, verdicts]] of runs.entries()) {
    test(`run ${at + 1} (${variant}) says of each step what was changed`, async () => {
      const id = ids[at];
      assert.ok(id);
      terminal = watch(server, [id]);
      await terminal.waitFor(endOf('completed'), {timeoutMs: 30_000});
      terminal.type(keyBytes('home'));
      terminal.type('5');
      const names = ['source', 'scale', 'summarise', 'untouched'];
      const seen = new Set<string>();
      for (let moves = 0; moves < names.length; moves++) {
        const named = (lines: readonly string[]) =>
          names.find(name => lines.some(line => new RegExp(`› . ${name}\\b`).test(line)) && !seen.has(name));
        const screen = await terminal.waitFor(lines => named(lines) !== undefined);
        const name = named(screen) ?? '';
        seen.add(name);
        const verdict = verdicts[name];
        if (verdict !== undefined) {
          // The pane stands right of the rule; joined, its lines read as they were before they were broken.
          await terminal.waitFor(lines => verdict.test(paneText(lines)), {timeoutMs: 30_000});
        }

        terminal.type('j');
      }

      assert.deepEqual([...seen].sort(), [...names].sort());
    });
  }
});

const paneText = (lines: readonly string[]): string =>
  lines
    .map(line => line.split('│')[1]?.trim() ?? '')
    .join(' ')
    .replace(/ +/g, ' ');
