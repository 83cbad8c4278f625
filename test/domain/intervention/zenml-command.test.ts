import assert from 'node:assert/strict';
import {test} from 'vitest';
import {listRunCommands} from '../../../src/domain/intervention/zenml-command.js';
import {aRun, aServerInfo} from '../../support/builders.js';

const listTexts = (...args: Parameters<typeof listRunCommands>) =>
  Object.fromEntries(listRunCommands(...args).map(({what, text}) => [what, text]));

test('a finished run can be replayed with the function of its pipeline', () => {
  const run = aRun({status: 'failed', isDynamic: true});
  const texts = listTexts(run, [], aServerInfo());
  assert.deepEqual(Object.keys(texts), ['retry (with the code)', 'replay (in a file)']);
  assert.equal(
    texts['replay (in a file)'],
    `from MODULE import training_pipeline\ntraining_pipeline.replay(pipeline_run="${run.id}", skip_successful_steps=True)`,
  );
  const renamed = aRun({status: 'completed', pipeline: {...run.pipeline!, name: 'My pipeline'}});
  assert.match(listTexts(renamed, [], undefined)['replay (in a file)']!, /^from MODULE import PIPELINE\n/);
  const replayFrom = (module: string, attribute: string) =>
    listTexts(renamed, [], undefined, {module, attribute})['replay (in a file)']!;
  assert.match(
    replayFrom('pipelines.fraud', 'train_fraud'),
    /^from pipelines\.fraud import train_fraud\ntrain_fraud\./,
  );
  // A notebook, or anything else that Python cannot import.
  assert.match(replayFrom('my-script', 'train; rm'), /^from MODULE import PIPELINE\n/);
});

test('only a dynamic run can be retried, and only a paused one resumed', () => {
  assert.ok(!('retry (with the code)' in listTexts(aRun({status: 'failed'}), [], undefined)));
  assert.match(
    listTexts(aRun({status: 'paused'}), [], undefined)['resume (with the code)']!,
    /^zenml pipeline runs resume /,
  );
});

test('a dead static run is ended by updating its unfinished steps, a dynamic one by updating the run', () => {
  const getEndCommand = (isDynamic: boolean) =>
    listTexts(aRun({isDynamic}), ['step-1', 'step-2'], undefined)['end a dead run'] ?? '';
  assert.match(
    getEndCommand(false),
    /for step in \["step-1","step-2"\]:\n +update = StepRunUpdate\(status=ExecutionStatus\.STOPPED/,
  );
  assert.match(getEndCommand(true), /update_run\(UUID\(".*"\), PipelineRunUpdate\(status=ExecutionStatus\.STOPPED\)\)/);
  assert.ok(!('end a dead run' in listTexts(aRun(), undefined, undefined)));
});

test('a failed static run can be ended while steps in it are unfinished, a failed dynamic one cannot', () => {
  const failedRun = aRun({status: 'failed', isInProgress: true, isDynamic: false});
  const texts = listTexts(failedRun, ['step-1'], aServerInfo());
  assert.deepEqual(Object.keys(texts), ['replay (in a file)', 'end a dead run']);
  assert.match(texts['end a dead run']!, /for step in \["step-1"\]:/);
  assert.ok(!('end a dead run' in listTexts({...failedRun, isInProgress: false}, ['step-1'], aServerInfo())));
  assert.ok(!('end a dead run' in listTexts({...failedRun, isDynamic: true}, ['step-1'], aServerInfo())));
});

test('a static run without unfinished steps cannot be ended', () => {
  assert.ok(!('end a dead run' in listTexts(aRun({isDynamic: false}), [], undefined)));
  assert.ok('end a dead run' in listTexts(aRun({isDynamic: true}), [], undefined));
});
