import assert from 'node:assert/strict';
import {mkdtempSync, rmSync, watch} from 'node:fs';
import {readFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {onTestFinished, test} from 'vitest';
import {startOnQuiet} from '../../../src/cli/watching/on-quiet.js';
import {createStore} from '../../../src/store/store.js';
import {aDag, aDagStep, anAttempt, at} from '../../support/builders.js';
import {aWatchingState, createArrival} from '../../support/watching.js';

test('the --on-quiet command runs for a silent step, with the name of the step and the seconds of silence in its environment', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'zentop-quiet-'));
  onTestFinished(() => rmSync(folder, {recursive: true}));
  const file = join(folder, 'written');
  const train = anAttempt({name: 'train', status: 'running', startedAt: at(0), updatedAt: at(0)});
  const store = createStore(aWatchingState({dag: aDag({steps: [aDagStep({name: 'train'})]}), attempts: [train]}));
  const fileEvent = new Promise<void>(resolve => {
    const watcher = watch(folder, () => {
      watcher.close();
      resolve();
    });
  });
  const script = `
    const {ZENTOP_STEP, ZENTOP_QUIET_S, ZENTOP_STATUS} = process.env;
    const fs = require('node:fs');
    fs.writeFileSync(process.argv[1] + '.part', [ZENTOP_STEP, ZENTOP_QUIET_S, ZENTOP_STATUS].join(' '));
    fs.renameSync(process.argv[1] + '.part', process.argv[1]);`;
  const problems: string[] = [];
  const stop = startOnQuiet(store, [process.execPath, '-e', script, file], text => problems.push(text));
  const activity = {lastAt: at(1000), longestPauseMs: 9000, progress: undefined};
  store.dispatch({type: 'clock/ticked', now: at(1500)});
  store.dispatch(createArrival(`activity:${train.id}`, {kind: 'activity', stepId: train.id, activity}, at(1499)));
  await fileEvent;
  const text = await readWhenWritten(file);
  stop();
  assert.equal(text, 'train 500 running');
  assert.deepEqual(problems, []);
});

/** Reads a file as soon as it exists: the watcher may report it before it has its final name. */
const readWhenWritten = async (path: string): Promise<string> => {
  for (;;) {
    const text = await readFile(path, 'utf8').catch(() => undefined);
    if (text !== undefined) {
      return text;
    }

    await new Promise(resolve => setImmediate(resolve));
  }
};
