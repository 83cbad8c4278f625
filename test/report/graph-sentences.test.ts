import assert from 'node:assert/strict';
import {test} from 'vitest';
import {withAttempts, withDag} from '../../src/domain/merge-steps.js';
import {emptyStepTable} from '../../src/domain/step-table.js';
import {getLineText} from '../../src/format/line.js';
import {renderGraphSentences} from '../../src/report/graph-sentences.js';
import {aDag, aDagStep, anAttempt, aQuestion, aRun, at} from '../support/builders.js';

test('says in a sentence what each step follows and feeds', () => {
  const steps = [
    aDagStep({name: 'ingest'}),
    aDagStep({name: 'train', upstream: ['ingest']}),
    aDagStep({name: 'check', upstream: ['ingest']}),
    aDagStep({name: 'alone'}),
  ];
  const known = {table: withDag(emptyStepTable, aDag({steps})), run: aRun(), childRuns: [], questions: []};
  assert.deepEqual(renderGraphSentences(known).map(getLineText), [
    'ingest feeds train, check.',
    'train follows ingest.',
    'check follows ingest.',
    'alone has no edges.',
  ]);
});

test('names at most six steps, and counts the others', () => {
  const items = Array.from({length: 1207}, (_, index) => aDagStep({name: `map:${index}`, upstream: ['load']}));
  const table = withDag(emptyStepTable, aDag({steps: [aDagStep({name: 'load'}), ...items]}));
  const [load = []] = renderGraphSentences({table, run: aRun(), childRuns: [], questions: []});
  assert.equal(getLineText(load), 'load feeds map:0, map:1, map:2, map:3, map:4, map:5, and 1,201 more.');
});

test('says in a sentence what came before and after a question', () => {
  const steps = [aDagStep({name: 'train'}), aDagStep({name: 'check', upstream: ['train']}), aDagStep({name: 'deploy'})];
  const attempts = [
    anAttempt({name: 'train', startedAt: at(1), endedAt: at(10)}),
    anAttempt({name: 'check', startedAt: at(11), endedAt: at(20)}),
    anAttempt({name: 'deploy', startedAt: at(61), endedAt: at(70)}),
  ];
  const known = {
    table: withAttempts(withDag(emptyStepTable, aDag({steps})), attempts),
    run: aRun({isDynamic: true}),
    childRuns: [],
    questions: [
      aQuestion({isPending: false, createdAt: at(21), resolvedAt: at(60)}),
      aQuestion({id: 'second', name: 'publish', createdAt: at(71)}),
    ],
  };
  assert.deepEqual(renderGraphSentences(known).map(getLineText).slice(-2), [
    'The question approve follows check and is followed by deploy.',
    'The question publish follows deploy and is waiting for an answer.',
  ]);
});
