import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import {readdirSync, readFileSync} from 'node:fs';
import {describe, test} from 'vitest';
import {parse} from 'yaml';

type Permissions = Readonly<Record<string, string>>;
type Job = {
  readonly 'runs-on': string;
  readonly 'timeout-minutes'?: number;
  readonly needs?: string | readonly string[];
  readonly permissions?: Permissions;
  readonly steps: readonly {readonly run?: string; readonly uses?: string}[];
};
type Workflow = {readonly permissions: Permissions; readonly jobs: Readonly<Record<string, Job>>};

const folder = '.github/workflows';
const files = readdirSync(folder);
const {scripts} = JSON.parse(readFileSync('package.json', 'utf8')) as {scripts: Record<string, string>};

describe.each(files)('the workflow %s', file => {
  const {permissions, jobs} = parse(readFileSync(`${folder}/${file}`, 'utf8')) as Workflow;

  test('has read access only, except for jobs that publish', () => {
    assert.deepEqual(permissions, {contents: 'read'});
    const writingJobs = Object.entries(jobs).filter(([, job]) =>
      JSON.stringify(job.permissions ?? {}).includes('write'),
    );
    assert.deepEqual(
      writingJobs.map(([name]) => name),
      file === 'publish.yml' ? ['npm', 'pypi', 'release'] : [],
    );
  });

  test('limits the time of its jobs, which need only existing jobs', () => {
    for (const [name, job] of Object.entries(jobs)) {
      assert.ok(job['runs-on'] !== '' && (job['timeout-minutes'] ?? 0) > 0, name);
      assert.ok(
        [job.needs ?? []].flat().every(needed => needed in jobs),
        name,
      );
    }
  });

  test('has steps that either use a version of an action or run commands, with existing scripts only', () => {
    for (const {run, uses} of Object.values(jobs).flatMap(({steps}) => steps)) {
      assert.notEqual(run === undefined, uses === undefined, `${run} ${uses}`);
      if (uses !== undefined) {
        assert.match(uses, /@/);
      }

      for (const [, script] of (run ?? '').matchAll(/npm run ([\w:]+)/g)) {
        assert.ok(script! in scripts, script);
      }
    }
  });
});

test('the oldest tested Node is the oldest that package.json allows', () => {
  const {engines} = JSON.parse(readFileSync('package.json', 'utf8')) as {engines: {node: string}};
  assert.ok(readFileSync(`${folder}/test.yml`, 'utf8').includes(`node: ["${engines.node.replace('>=', '')}"`));
});

test.skipIf(spawnSync('actionlint', ['-version']).status !== 0)('actionlint finds nothing in the workflows', () => {
  const {stdout} = spawnSync('actionlint', ['-color=false'], {encoding: 'utf8'});
  assert.equal(stdout, '');
});
