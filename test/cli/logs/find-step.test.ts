import assert from 'node:assert/strict';
import {test} from 'vitest';
import {findStepByName} from '../../../src/cli/logs/find-step.js';
import type {Connection} from '../../../src/connection/open-connection.js';
import {succeed} from '../../../src/domain/result.js';
import {never} from '../../api/recorded.js';
import {aDag, aDagStep, aRun} from '../../support/builders.js';

test('lists only the steps whose names start with an ambiguous prefix, and none that merely contain it', async () => {
  const steps = ['load_batch', 'load_rates', 'reload'].map(name => aDagStep({name}));
  const client = {
    fetchStepDetails: async () => succeed({items: []}),
    fetchDag: async () => succeed(aDag({steps})),
  };
  const connection = {client, settings: {}} as unknown as Connection;
  const outcome = await findStepByName(connection, aRun(), 'load', never);
  assert.ok(!outcome.ok);
  assert.match(outcome.problem.message, /^Several steps of run .* match “load”\.$/);
  assert.equal(outcome.problem.hint, 'Matching steps: load_batch, load_rates.');
});
