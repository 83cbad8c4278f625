import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {afterAll, beforeAll, describe, test} from 'vitest';
import type {Change} from '../../src/report/change.js';
import {formatChangeJson} from '../../src/report/json-line.js';
import {runProgram} from '../cli/support/program.js';
import {aKnownRun} from '../report/support/known-run.js';
import {aStepChange} from '../report/support/step-change.js';
import {aQuestion, at} from '../support/builders.js';
import type {DemoServer} from '../support/demo-server.js';
import {startStoppedDemo} from '../support/server-clock.js';

const text = readFileSync('docs/scripting.md', 'utf8');

/** Fields that contain objects whose keys are not fields, but statuses or names chosen by the user. */
const freeKeyFields = ['counts', 'inputs', 'outputs'];

/** Every key of a value and of the values in it. */
const listKeys = (value: unknown): readonly string[] => {
  if (Array.isArray(value)) {
    return value.flatMap(listKeys);
  }

  if (typeof value !== 'object' || value === null) {
    return [];
  }

  return Object.entries(value).flatMap(([key, each]) => {
    const innerKeys = freeKeyFields.includes(key) ? Object.values(each as object).flatMap(listKeys) : listKeys(each);
    return [key, ...innerKeys];
  });
};

const known = aKnownRun();
const now = at(600);
const changeByType: Readonly<Record<Change['type'], Change>> = {
  run: {type: 'run', at: now, run: known.run, from: undefined},
  step: aStepChange(),
  quiet: {type: 'quiet', at: now, name: 'trainer', forMs: 1000},
  wait: {type: 'wait', at: now, name: 'trainer', reason: {kind: 'retry', until: now}},
  question: {type: 'question', at: now, question: aQuestion(), by: undefined},
  problem: {type: 'problem', at: now, reason: 'timed out', forMs: 1000},
  recovered: {type: 'recovered', at: now, forMs: 1000},
  gone: {type: 'gone', at: now, run: known.run},
  end: {type: 'end', at: now, known, url: undefined},
};

describe('docs/scripting.md', () => {
  let servers: readonly DemoServer[];
  beforeAll(async () => {
    servers = await Promise.all(['failure', 'approval'].map(scenario => startStoppedDemo({scenario}, 20_000)));
  });
  afterAll(async () => {
    await Promise.all(servers.map(server => server.close()));
  });

  test('has the same fields as the JSON document', async () => {
    const [, documented = ''] = /```\n(\{"schema"[\s\S]*?)```/.exec(text) ?? [];
    const fields = new Set([...documented.matchAll(/"(\w+)"/g)].map(([, name]) => name));
    fields.delete('total'); // A key of `counts`, not a field.
    const foundKeys = new Set<string>();
    for (const server of servers) {
      const {output} = await runProgram(server, ['latest', '--once', '--output', 'json']);
      for (const key of listKeys(JSON.parse(output))) {
        foundKeys.add(key);
      }
    }

    assert.deepEqual(
      [...foundKeys].filter(key => !fields.has(key)),
      [],
    );
    // What these two runs do not have: a retry, a cached step, a mapped one.
    const absentFields = ['max_retries', 'delay', 'backoff', 'step_id', 'run_id', 'type', 'step'];
    assert.deepEqual(
      [...fields].filter(key => key !== undefined && !foundKeys.has(key) && !absentFields.includes(key)),
      [],
    );
  });

  test.each(Object.entries(changeByType))('describes every field of the lines of the type %s', (type, change) => {
    const {t: _, type: __, ...fields} = JSON.parse(formatChangeJson(change)) as Record<string, unknown>;
    const [documented] = new RegExp(`^- (?:.* · )?\`${type}\`[^:]*: [\\s\\S]*?(?=\n- |\n\n)`, 'm').exec(text) ?? [];
    assert.ok(documented !== undefined, 'the type is not described');
    assert.deepEqual(
      Object.keys(fields).filter(key => !new RegExp(`\\b${key}\\b`).test(documented)),
      [],
    );
  });
});
