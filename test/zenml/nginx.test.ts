import assert from 'node:assert/strict';
import {afterAll, beforeAll, describe, test} from 'vitest';
import {findMissingPrograms, startNginx} from './support/nginx.js';
import {buildSettings, start} from './support/program.js';
import {startZenmlServer, type ZenmlServer} from './support/server.js';
import {computeDelays} from './support/sightings.js';
import {zenmlVersion} from './support/version.js';
import {assertStatusesSeen, watchRun} from './support/watched-run.js';

const missingPrograms = findMissingPrograms();
if (missingPrograms.length > 0) {
  console.log(`Skipping the tests behind nginx: ${missingPrograms.join(' and ')} cannot be found.`);
}

const hour = 3600;
const names = Array.from({length: 8}, (_, index) => `stage_0${index + 1}`);

describe.skipIf(missingPrograms.length > 0)(`ZenML ${zenmlVersion} behind an nginx with another clock`, () => {
  let server: ZenmlServer;
  beforeAll(async () => {
    server = await startZenmlServer({version: zenmlVersion, auth: 'none'});
  }, 900_000);
  afterAll(() => server?.stop());

  test.each([2 * hour, 5, -hour])(
    'a run is watched to its end, and no lasting status is missed, with a Date that is %d s off',
    async ahead => {
      const nginx = await startNginx(server.url, ahead);
      try {
        const {headers} = await fetch(`${nginx.url}/api/v1/info`);
        const offMs = Date.parse(headers.get('date') ?? '') - Date.now();
        assert.ok(Math.abs(offMs - ahead * 1000) < 3000, `the Date is ${offMs} ms off`);

        const settings = buildSettings(server, {ZENML_STORE_URL: nginx.url});
        const args = ['--steps', String(names.length), '--seconds', '2.3,3.1,1.7,4.3'];
        const watched = await watchRun(server, 'slow.py', args, names, 'completed', settings);
        assert.equal(watched.exitCode, 0);
        // On a loaded machine, two polls may be several seconds apart.
        assertStatusesSeen(watched, 4000);
        const delays = computeDelays(watched.truth, watched.seen).map(({ms}) => ms);
        assert.ok(delays.length >= names.length);
        console.log(`a Date ${ahead} s off: the slowest change after ${Math.max(...delays)} ms`);
        assert.equal(watched.document.counts['completed'], names.length);
      } finally {
        nginx.stop();
      }
    },
  );

  test('the last lines have the status of each step and of the run, with a Date that is two hours off', async () => {
    const nginx = await startNginx(server.url, 2 * hour);
    try {
      const {id, done} = await server.startRun('slow.py', ['--steps', '5', '--seconds', '1.7']);
      const printing = start(server, [id, '--output', 'json'], buildSettings(server, {ZENML_STORE_URL: nginx.url}));
      const {code, output} = await printing.done;
      await done;
      const lines = output
        .trim()
        .split('\n')
        .map(line => JSON.parse(line) as Record<string, unknown>);
      const lastStatuses = new Map(lines.filter(({type}) => type === 'step').map(({name, to}) => [name, to]));
      assert.equal(code, 0);
      assert.deepEqual([...lastStatuses.values()], ['completed', 'completed', 'completed', 'completed', 'completed']);
      assert.equal(lines.at(-1)?.['status'], 'completed');
    } finally {
      nginx.stop();
    }
  });
});
