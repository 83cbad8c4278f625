import assert from 'node:assert/strict';
import {test} from 'vitest';
import type {Action} from '../../src/store/action.js';
import type {State} from '../../src/store/state.js';
import {aQuestion, aRun, at} from '../support/builders.js';
import {startJourney} from '../support/journey.js';
import {renderFrame, renderLines} from '../support/rendered.js';
import {aWatchingState, createArrival, reduceAll} from '../support/watching.js';

const runId = aRun().id;
const question = aQuestion({
  lastPolledAt: at(598),
  schema: {
    type: 'object',
    properties: {
      target: {enum: ['staging', 'prod'], type: 'string'},
      replicas: {type: 'integer', minimum: 1, maximum: 10, default: 2},
      note: {type: 'string'},
    },
    required: ['target'],
  },
});

const anAnsweringState = (columns: number, ...actions: readonly Action[]): State =>
  reduceAll(
    aWatchingState({size: {columns, rows: 20}}),
    createArrival(`questions:${runId}`, {kind: 'questions', runId, questions: [question]}, at(600)),
    {type: 'answering/opened', question},
    ...actions,
  );

test('values and hints of the form are aligned in columns', () => {
  const lines = renderLines(anAnsweringState(80));
  const findColumn = (name: string, text: string): number => {
    const column = lines.find(line => line.slice(3).startsWith(name))?.indexOf(text) ?? -1;
    assert.ok(column > 0, `${name}: ${text}`);
    return column;
  };
  assert.equal(findColumn('target', 'staging'), findColumn('replicas', '2'));
  assert.equal(findColumn('replicas', 'a whole number'), findColumn('note', 'text'));
});

test('a hint that does not fit on the line of its field is below it', () => {
  const text = renderLines(anAnsweringState(45, {type: 'answering/moved', by: 1}))
    .map(line => line.trim())
    .join(' ');
  assert.match(text, /> replicas +2_ +a whole number, 1 to 10, may be empty/);
});

test('a text that is too long for its field is cut between two characters', () => {
  const {screen} = anAnsweringState(80, {type: 'answering/typed', text: `a${'🚀'.repeat(4000)}`});
  assert.ok(screen.name === 'answering');
  assert.equal(screen.texts[0], `a${'🚀'.repeat(3999)}`);
});

test('the title of the form names the run', () => {
  assert.match(renderLines(anAnsweringState(45))[0] ?? '', /answer: training_pipeline #42$/);
});

test('a hint on the line below its field is sanitized, too', () => {
  const hostileQuestion = {...question, schema: {type: `${'very '.repeat(20)}\u001b[7mreversed`}};
  const text = renderFrame(anAnsweringState(45, {type: 'answering/opened', question: hostileQuestion}));
  assert.match(text, /very very/);
  assert.ok(!text.includes('\u001b[7m'));
});

test.each([
  ['continue', 'answered'],
  ['abort', 'aborted'],
])('the form says that the question has meanwhile been resolved with %s', (resolution, word) => {
  const resolved = {...question, isPending: false, resolution, resolvedAt: at(601)};
  const arrival = createArrival(`questions:${runId}`, {kind: 'questions', runId, questions: [resolved]}, at(602));
  assert.match(renderLines(anAnsweringState(80, arrival)).join('\n'), new RegExp(`has been ${word} in the meantime`));
});

test('a typed choice is marked', () => {
  assert.match(
    renderLines(anAnsweringState(80, {type: 'answering/typed', text: 'prod'})).join('\n'),
    /staging {2}\[prod\] _/,
  );
});

test('a form that is longer than the screen is scrolled to the field under the cursor', () => {
  const names = Array.from({length: 12}, (_, index) => `field_${index}`);
  const longQuestion = {
    ...question,
    schema: {type: 'object', properties: Object.fromEntries(names.map(name => [name, {type: 'string'}]))},
  };
  const renderMoved = (by: number): string =>
    renderLines({
      ...anAnsweringState(80, {type: 'answering/opened', question: longQuestion}, {type: 'answering/moved', by}),
      size: {columns: 80, rows: 12},
    }).join('\n');
  assert.match(renderMoved(11), /> field_11/);
  assert.match(renderMoved(6), /> field_6/);
  assert.match(renderMoved(0), /Deploy the model\?[\s\S]*> field_0/);
});

test('a form that is longer than the screen shows what is wrong with the answer until the user types again', () => {
  const names = Array.from({length: 12}, (_, index) => `field_${index}`);
  const properties = Object.fromEntries(names.map(name => [name, {type: 'integer'}]));
  const user = startJourney({
    ...anAnsweringState(80, {type: 'answering/opened', question: {...question, schema: {type: 'object', properties}}}),
    size: {columns: 80, rows: 12},
  });
  user.press('x', ...names.map(() => 'return')).shows('field_0 must be a whole number');
  user.press('backspace').shows('> field_0').hides('must be');
});

test('backspace erases a whole flag from an answer', () => {
  const user = startJourney(anAnsweringState(80)).press('tab', 'tab', 'a', ...'🇩🇪', 'b');
  const getNote = () => {
    const {screen} = user.state();
    return screen.name === 'answering' ? screen.texts[2] : undefined;
  };
  assert.equal(getNote(), 'a🇩🇪b');
  user.press('backspace', 'backspace');
  assert.equal(getNote(), 'a');
});
