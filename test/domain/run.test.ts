import assert from 'node:assert/strict';
import {describe, test} from 'vitest';
import {toRunId} from '../../src/domain/ids.js';
import {mergeRun, type Run} from '../../src/domain/run.js';
import {anException, aRun, at} from '../support/builders.js';

/** The run without the fields that are missing in a response that is not hydrated. */
const withoutHydratedFields = (run: Run): Run => ({
  ...run,
  startedAt: undefined,
  endedAt: undefined,
  config: undefined,
  exception: undefined,
  metadata: undefined,
});

describe('merging a response into a run', () => {
  test('keeps hydrated fields if the response is not hydrated', () => {
    const before = aRun({metadata: {loss: 0.2}});
    const merged = mergeRun(before, {...withoutHydratedFields(before), status: 'failed', statusWord: 'failed'});
    assert.deepEqual(merged, {...before, status: 'failed', statusWord: 'failed'});
  });

  test('returns the same object if nothing changed', () => {
    const before = aRun({metadata: {loss: {last: 0.2}}, tags: ['a']});
    assert.equal(mergeRun(before, {...withoutHydratedFields(before), tags: ['a']}), before);
    assert.notEqual(mergeRun(before, {...withoutHydratedFields(before), tags: ['b']}), before);
  });

  test('removes the end and the exception when the run is resumed', () => {
    const before = aRun({status: 'failed', endedAt: at(60), exception: anException()});
    const merged = mergeRun(before, {
      ...withoutHydratedFields(before),
      status: 'resuming',
      statusWord: 'resuming',
      isInProgress: true,
    });
    assert.equal(merged.endedAt, undefined);
    assert.equal(merged.exception, undefined);
    assert.equal(merged.startedAt, before.startedAt);
  });

  test('keeps the end and the exception of a failed run if the response is not hydrated', () => {
    const before = aRun({status: 'failed', endedAt: at(60), exception: anException()});
    assert.equal(mergeRun(before, withoutHydratedFields(before)), before);
  });

  test('replaces another run', () => {
    const other = aRun({id: toRunId('other')});
    assert.equal(mergeRun(aRun(), other), other);
    assert.equal(mergeRun(undefined, other), other);
  });
});
