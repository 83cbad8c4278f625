import assert from 'node:assert/strict';
import {describe, test} from 'vitest';
import {buildServerFilters, hasMeTerm, isRunMatch, parseRunTerms} from '../../../src/domain/filter/run-filter.js';
import {toPipelineId, toRunId} from '../../../src/domain/ids.js';
import type {Run} from '../../../src/domain/run.js';
import {createRunRow} from '../../../src/domain/run-row.js';
import {aRun} from '../../support/builders.js';

const me = {id: 'user', name: 'ada'};

const aRow = (changes: Partial<Run> = {}) =>
  createRunRow(
    aRun({
      id: toRunId('12ab34cd-1111-4111-8111-111111111111'),
      name: 'weekly special',
      pipeline: {id: toPipelineId('p'), name: 'training_pipeline'},
      tags: ['gpu', 'release candidate'],
      ...changes,
    }),
    undefined,
  );

const isWanted = (text: string, changes: Partial<Run> = {}) => isRunMatch(parseRunTerms(text), aRow(changes), me);

describe('a filter of runs', () => {
  test.each([
    ['', true],
    ['train', true],
    ['TRAIN', true],
    ['trpipe', true],
    ['special', true],
    ['weekly special', true],
    ['weekly nothing', false],
    ['#42', true],
    ['#4', false],
    ['12ab34', true],
    ['12ab35', false],
    ['ada', false],
    ['status:running', true],
    ['status:run', true],
    ['status:failed', false],
    ['status:failed,running', true],
    ['!status:failed', true],
    ['!status:run', false],
    ['status:', true],
    ['pipeline:train', true],
    ['pipeline:backtest', false],
    ['user:ad', true],
    ['user:bob', false],
    ['tag:gpu', true],
    ['tag:"release candidate"', true],
    ['!tag:gpu', false],
    ['train status:running user:me', true],
    ['train !user:me', false],
    ['stage:one', false],
    // A run has only one status, one pipeline and one user, so several can only be meant as alternatives.
    ['status:failed status:running', true],
    ['pipeline:backtest pipeline:train', true],
    ['user:bob user:me', true],
    ['tag:gpu tag:cpu', false],
    ['!status:failed !status:running', false],
    ['running', true],
    ['Running', true],
    ['failed', false],
    ['!running', false],
    ['running train', true],
  ])('%j matches the run: %s', (text, expected) => {
    assert.equal(isWanted(text), expected);
  });

  test('`me` matches nothing until the user is known', () => {
    assert.ok(hasMeTerm(parseRunTerms('x user:me')) && !hasMeTerm(parseRunTerms('me user:meyer')));
    assert.equal(isRunMatch(parseRunTerms('user:me'), aRow(), undefined), false);
    assert.equal(isWanted('user:me', {user: {id: 'other', name: 'ada'}}), false);
  });

  test('a status word also matches names', () => {
    assert.equal(isWanted('failed', {name: 'why it failed'}), true);
    assert.equal(isWanted('failed', {status: 'failed', statusWord: 'failed'}), true);
  });

  test('an unknown status is found by its word', () => {
    assert.equal(isWanted('status:hib', {status: 'unknown', statusWord: 'hibernating'}), true);
  });
});

describe('the part of a filter that the server applies', () => {
  const getFilters = (text: string, canExclude = true) => buildServerFilters(parseRunTerms(text), {me, canExclude});
  test.each([
    ['', [{}]],
    ['status:failed', [{status: 'failed'}]],
    ['status:fail', [{status: 'failed'}]],
    ['status:re', [{status: {oneOf: ['resuming', 'retrying', 'retried']}}]],
    ['status:failed,stopped', [{status: {oneOf: ['failed', 'stopped']}}]],
    ['status:hibernating', [{status: {startsWith: 'hibernating'}}]],
    ['!status:completed', [{status: {not: 'completed'}}]],
    ['!status:st', [{status: {noneOf: ['stopping', 'stopped']}}]],
    ['pipeline:train user:bob', [{pipeline: {contains: 'train'}, user: {contains: 'bob'}}]],
    ['user:me', [{user: 'user'}]],
    ['tag:gpu', [{tag: {contains: 'gpu'}}]],
    ['!tag:gpu !pipeline:x', [{}]],
    ['pipeline:a,b', [{}]],
    // A word may be in either name.
    ['nightly', [{name: {contains: 'nightly'}}, {pipeline: {contains: 'nightly'}}]],
    ['nightly pipeline:x', [{pipeline: {contains: 'x'}, name: {contains: 'nightly'}}]],
    ['n', [{}]],
    ['#12', [{}]],
    ['pipeline:a pipeline:b', [{}]],
    ['status:failed status:stopped', [{status: {oneOf: ['failed', 'stopped']}}]],
    // A status word may also be part of a name.
    ['failed', [{name: {contains: 'failed'}}, {pipeline: {contains: 'failed'}}, {status: 'failed'}]],
    ['failed nightly', [{name: {contains: 'nightly'}}, {pipeline: {contains: 'nightly'}}]],
    [
      'failed status:failed pipeline:x',
      [
        {status: 'failed', pipeline: {contains: 'x'}, name: {contains: 'failed'}},
        {status: 'failed', pipeline: {contains: 'x'}},
      ],
    ],
  ] as const)('is chosen for %j', (text, expected) => {
    assert.deepEqual(getFilters(text), expected);
  });

  test('notoneof is not sent to a server without it', () => {
    assert.deepEqual(getFilters('!status:st', false), [{}]);
  });
});
