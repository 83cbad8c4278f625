import assert from 'node:assert/strict';
import {test} from 'vitest';
import {getArtifactGraph} from '../../src/domain/artifact-graph.js';
import {withAttempts, withDag} from '../../src/domain/merge-steps.js';
import {emptyStepTable} from '../../src/domain/step-table.js';
import {aDag, aDagStep, anArtifact, anAttempt, anInput, anOutput} from '../support/builders.js';

const model = anArtifact({artifactName: 'model'});
const table = withAttempts(
  withDag(
    emptyStepTable,
    aDag({
      steps: [
        aDagStep({name: 'train'}),
        aDagStep({name: 'evaluate', upstream: ['train']}),
        aDagStep({name: 'deploy', upstream: ['train', 'evaluate']}),
      ],
    }),
  ),
  [
    anAttempt({name: 'train', outputs: [anOutput({artifact: model})]}),
    anAttempt({
      name: 'evaluate',
      inputs: [anInput({name: 'a', artifact: model}), anInput({name: 'b', artifact: model})],
    }),
  ],
);

test('finds the writer and the readers of an artifact version in the rows, each step once', () => {
  const {writersById, readersById} = getArtifactGraph(table);
  assert.equal(writersById.get(model.id), 'train');
  assert.deepEqual(readersById.get(model.id), ['evaluate']);
});

test('lists for each step those directly downstream of it whose inputs are not known yet', () => {
  assert.deepEqual(
    [...getArtifactGraph(table).possibleReadersByName],
    [
      ['train', ['deploy']],
      ['evaluate', ['deploy']],
    ],
  );
});

test('computes the graph of a table only once', () => {
  assert.equal(getArtifactGraph(table), getArtifactGraph(table));
});
