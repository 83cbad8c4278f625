import assert from 'node:assert/strict';
import {createServer} from 'node:http';
import {afterEach, beforeEach, test} from 'vitest';
import {type CountingProxy, startCountingProxy} from './counting-proxy.js';

const target = createServer((request, response) => {
  response.writeHead(request.url === '/missing' ? 404 : 200, {'x-seen': request.headers.authorization ?? 'none'});
  request.on('data', chunk => response.write(chunk)).on('end', () => response.end('0123456789'));
});
let proxy: CountingProxy;

beforeEach(async () => {
  await new Promise<void>(resolve => target.listen(0, '127.0.0.1', resolve));
  const address = target.address();
  assert.ok(typeof address === 'object' && address !== null);
  proxy = await startCountingProxy(`http://127.0.0.1:${address.port}`);
});
afterEach(async () => {
  await proxy.stop();
  target.closeAllConnections();
  await new Promise(resolve => target.close(resolve));
});

test('a request and its response pass unchanged and are recorded', async () => {
  const response = await fetch(`${proxy.url}/echo?a=1`, {
    method: 'POST',
    body: 'ab',
    headers: {Authorization: 'Bearer t'},
  });
  assert.equal(await response.text(), 'ab0123456789');
  assert.equal(response.headers.get('x-seen'), 'Bearer t');
  assert.equal((await fetch(`${proxy.url}/missing`)).status, 404);
  assert.deepEqual(
    proxy.exchanges.map(({method, path, status, authorization}) => ({method, path, status, authorization})),
    [
      {method: 'POST', path: '/echo?a=1', status: 200, authorization: 'Bearer t'},
      {method: 'GET', path: '/missing', status: 404, authorization: undefined},
    ],
  );
  assert.ok(proxy.exchanges[0]!.responseBytes > 12);
});

test('a request that the server never receives is recorded with status 0', async () => {
  target.closeAllConnections();
  await new Promise(resolve => target.close(resolve));
  await assert.rejects(fetch(proxy.url));
  assert.equal(proxy.exchanges[0]?.status, 0);
  // `afterEach` closes it.
  target.listen(0, '127.0.0.1');
});
