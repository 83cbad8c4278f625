import assert from 'node:assert/strict';
import {describe, test} from 'vitest';
import {parseRunId} from '../../src/domain/ids.js';
import {mergeRun, type Run} from '../../src/domain/run.js';
import {anException, aRun, at} from '../support/builders.js';

/** Fields that are missing in a response that is not hydrated. */
const bare = (run: Run): Run => ({
  ...run,
  startedAt: undefined,
  endedAt: undefined,
  config: undefined,
  exception: undefined,
  metadata: undefined,
});

describe('merging a response into a run', () => {
  test('keeps hydrated fields if the response is not hydrated', () => {
    const held = aRun({metadata: {loss: 0.2}});
    const merged = mergeRun(held, {...bare(held), status: 'failed', statusWord: 'failed'});
    assert.deepEqual(merged, {...held, status: 'failed', statusWord: 'failed'});
  });

  test('returns the same object if nothing changed', () => {
    const held = aRun({metadata: {loss: {last: 0.2}}, tags: ['a']});
    assert.equal(mergeRun(held, {...bare(held), tags: ['a']}), held);
    assert.notEqual(mergeRun(held, {...bare(held), tags: ['b']}), held);
  });

  test('removes the end and the exception when the run is resumed', () => {
    const held = aRun({status: 'failed', endedAt: at(60), exception: anException()});
    const merged = mergeRun(held, {...bare(held), status: 'resuming', statusWord: 'resuming', isInProgress: true});
    assert.equal(merged.endedAt, undefined);
    assert.equal(merged.exception, undefined);
    assert.equal(merged.startedAt, held.startedAt);
  });

  test('keeps the end and the exception of a failed run if the response is not hydrated', () => {
    const held = aRun({status: 'failed', endedAt: at(60), exception: anException()});
    assert.equal(mergeRun(held, bare(held)), held);
  });

  test('replaces another run', () => {
    const other = aRun({id: parseRunId('other')});
    assert.equal(mergeRun(aRun(), other), other);
    assert.equal(mergeRun(undefined, other), other);
  });
});
