import assert from 'node:assert/strict';
import {test} from 'vitest';
import {withDag} from '../../src/domain/merge-steps.js';
import {emptyStepTable} from '../../src/domain/step-table.js';
import {getLineText} from '../../src/format/line.js';
import {renderGraphSentences} from '../../src/report/graph-sentences.js';
import {aDag, aDagStep} from '../support/builders.js';

test('says in a sentence what each step follows and feeds', () => {
  const steps = [
    aDagStep({name: 'ingest'}),
    aDagStep({name: 'train', upstream: ['ingest']}),
    aDagStep({name: 'check', upstream: ['ingest']}),
    aDagStep({name: 'alone'}),
  ];
  assert.deepEqual(renderGraphSentences(withDag(emptyStepTable, aDag({steps})), true).map(getLineText), [
    'ingest feeds train, check.',
    'train follows ingest.',
    'check follows ingest.',
    'alone has no edges.',
  ]);
});
