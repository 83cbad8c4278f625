import assert from 'node:assert/strict';
import {test} from 'vitest';
import {getAnswerDelayMs, isAbandoned} from '../../../src/domain/intervention/question.js';
import {aQuestion, at} from '../../support/builders.js';

/** Last polled 100 s after the start of the run, with a lease of 30 s. */
const question = aQuestion({lastPolledAt: at(100), leaseExpiresAt: at(130)});

test('an answer is not delayed while the process polls on schedule', () => {
  assert.equal(getAnswerDelayMs(question, at(101)), 0);
  assert.equal(getAnswerDelayMs(question, at(115)), 0);
  assert.equal(getAnswerDelayMs(aQuestion(), at(115)), 0);
});

test('an answer waits for the rest of a lease that is not renewed', () => {
  assert.equal(getAnswerDelayMs(question, at(122)), 8000);
  assert.equal(getAnswerDelayMs({...question, isPending: false}, at(122)), 0);
});

test('once the lease has expired, nobody polls for the answer, so it is not delayed', () => {
  assert.equal(getAnswerDelayMs(question, at(131)), 0);
  assert.equal(isAbandoned(question, at(131)), true);
  assert.equal(isAbandoned(question, at(129)), false);
});
