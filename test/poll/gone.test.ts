import assert from 'node:assert/strict';
import {afterEach, describe, test} from 'vitest';
import {Secret} from '../../src/connection/secret.js';
import {emptyNarration, updateNarration} from '../../src/report/narration.js';
import {renderPlainChange} from '../../src/report/render-change.js';
import {selectServerNow} from '../../src/store/selectors.js';
import type {Interference} from '../support/demo-server.js';
import {renderFrameText} from '../support/frames.js';
import {type PolledDemo, startPolledDemo} from '../support/polled.js';

const second = 1000;
const missing: Interference = {kind: 'response', status: 404, body: {detail: ['KeyError', "'Unable to get run'"]}};

describe('a run that the server no longer has', () => {
  let demo: PolledDemo;
  afterEach(() => demo.stop());

  const start = async (options = {}): Promise<void> => {
    demo = await startPolledDemo({scenario: 'training', ...options});
    await demo.clock.advance(20 * second);
  };
  const removeRun = () => demo.server.interfere(({path}) => (/\/(runs|steps)\b/.test(path) ? missing : undefined));

  test('is shown as gone within seconds, with a stopped clock, and is hardly polled', async () => {
    await start();
    removeRun();
    await demo.clock.advance(6 * second);
    assert.ok(demo.state().openRun?.goneAt !== undefined);
    const frame = renderFrameText(demo.state());
    assert.match(frame, /this run no longer exists on the server/);
    assert.match(frame, /running when last seen/);
    assert.match(demo.state().notice?.text ?? '', /no longer exists/);
    const serverNow = selectServerNow(demo.state());
    const requestsBefore = demo.server.requests.length;
    await demo.clock.advance(120 * second);
    assert.equal(selectServerNow(demo.state()), serverNow);
    assert.equal(demo.state().notice, undefined, 'the notice is shown once');
    for (const [columns, rows] of [
      [120, 30],
      [80, 24],
      [45, 20],
    ] as const) {
      demo.store.dispatch({type: 'size/changed', size: {columns, rows}});
      const lines = renderFrameText(demo.state());
      assert.match(lines, /no longer|gone/);
      assert.match(lines, /esc runs/);
      assert.doesNotMatch(lines, /left/);
    }

    assert.ok(demo.server.requests.length - requestsBefore <= 12, 'polled rarely');
  });

  test('is shown again if the server has it after all', async () => {
    await start();
    removeRun();
    await demo.clock.advance(6 * second);
    demo.server.interfere(undefined);
    await demo.clock.advance(60 * second);
    assert.equal(demo.state().openRun?.goneAt, undefined);
    assert.doesNotMatch(renderFrameText(demo.state()), /no longer exists/);
  });

  test('is not gone after a single response of a replica that lags behind', async () => {
    await start();
    let isFirst = true;
    demo.server.interfere(({path}) => {
      const isRun = /\/runs\/[^/]+\?/.test(path) && isFirst;
      isFirst &&= !isRun;
      return isRun ? missing : undefined;
    });
    await demo.clock.advance(40 * second);
    assert.equal(isFirst, false);
    assert.equal(demo.state().openRun?.goneAt, undefined);
  });

  test('is reported once in lines, and not as a server that does not respond', async () => {
    await start();
    let narration = emptyNarration;
    const lines: string[] = [];
    demo.store.subscribe(() => {
      const next = updateNarration(narration, demo.state());
      ({narration} = next);
      lines.push(...next.changes.flatMap(renderPlainChange).map(line => line.map(({text}) => text).join('')));
    });
    removeRun();
    await demo.clock.advance(60 * second);
    const news = lines.filter(line => !/ (step|run) /.test(line));
    assert.equal(news.length, 1, news.join('\n'));
    assert.match(
      news[0]!,
      /Z gone training_pipeline\S* no longer exists on the server; it was running when last seen$/,
    );
  });

  test('is also gone if the server has a new database and zentop signs in again; the list then shows the new project', async () => {
    const [username, password] = ['ada', 'lovelace'];
    await start({
      auth: {username, password, apiKey: 'ZENKEY_1'},
      grant: {kind: 'password', username, password: new Secret(password)},
    });
    const other = '99999999-9999-4999-8999-999999999999';
    let isTokenRefused = true;
    demo.server.interfere(({path}) => {
      if (path.includes('/login')) {
        isTokenRefused = false;
        return undefined;
      }

      if (isTokenRefused && !path.includes('/info')) {
        return {kind: 'response', status: 401, body: {detail: ['CredentialsNotValid', 'Authentication error']}};
      }

      if (path.includes(`/projects/${demo.server.projectName}`)) {
        const body = {id: other, name: demo.server.projectName, body: {}, metadata: null};
        return {kind: 'response', status: 200, body};
      }

      if (path.includes(other)) {
        return {kind: 'response', status: 200, body: {index: 1, max_size: 25, total_pages: 0, total: 0, items: []}};
      }

      return /\/(runs|steps|projects)\b/.test(path) ? missing : undefined;
    });
    await demo.clock.advance(15 * second);
    assert.match(renderFrameText(demo.state()), /this run no longer exists on the server/);
    demo.store.dispatch({type: 'runs/shown'});
    await demo.clock.advance(15 * second);
    assert.equal(demo.state().session.project?.id, other);
    assert.match(renderFrameText(demo.state()), /no runs/i);
  });
});
