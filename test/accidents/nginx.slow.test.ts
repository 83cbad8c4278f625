import assert from 'node:assert/strict';
import {describe, test} from 'vitest';
import {runProgram} from '../cli/support/program.js';
import {startDemoServer} from '../support/demo-server.js';
import {findMissingPrograms, startNginx} from '../zenml/support/nginx.js';

const missingPrograms = findMissingPrograms();
if (missingPrograms.length > 0) {
  console.log(`Skipping the tests behind nginx: ${missingPrograms.join(' and ')} cannot be found.`);
}

describe.skipIf(missingPrograms.length > 0)('a demo server behind an nginx with another clock', () => {
  test.each([7200, -3600])('a run is followed to its end with a Date that is %d s off', async ahead => {
    const demo = await startDemoServer({scenario: 'failure', speed: 10});
    const nginx = await startNginx(demo.url, ahead);
    try {
      const {headers} = await fetch(`${nginx.url}/api/v1/info`);
      assert.ok(Math.abs(Date.parse(headers.get('date') ?? '') - Date.now() - ahead * 1000) < 5000);
      const {code, output} = await runProgram({...demo, url: nginx.url}, [demo.runId, '--output', 'plain']);
      assert.equal(code, 1);
      assert.match(output, /\n6\/9 done: 5 completed · 1 failed · 3 not run\n/);
    } finally {
      nginx.stop();
      await demo.close();
    }
  });
});
