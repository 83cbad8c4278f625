import assert from 'node:assert/strict';
import {describe, test} from 'vitest';
import {ExactNumber} from '../../../src/domain/exact-number.js';
import {buildAnswerForm, findChoice, parseAnswer} from '../../../src/domain/intervention/answer-form.js';
import type {Json} from '../../../src/domain/json.js';

const answer = (schema: Json, ...texts: readonly string[]) => parseAnswer(buildAnswerForm(schema), texts);
const assertAccepts = (schema: Json, text: string, value: Json) =>
  assert.deepEqual(answer(schema, text), {ok: true, value}, `${text} for ${JSON.stringify(schema)}`);
const assertRejects = (schema: Json, text: string, message: RegExp) => {
  const parsed = answer(schema, text);
  assert.ok(!parsed.ok, `${text} was accepted`);
  assert.match(parsed.message, message);
};

/** What ZenML writes for a pydantic model. */
const model: Json = {
  $defs: {Target: {enum: ['staging', 'prod'], type: 'string'}},
  type: 'object',
  properties: {
    target: {$ref: '#/$defs/Target'},
    replicas: {type: 'integer', minimum: 1, maximum: 10, default: 2, description: 'How many'},
    note: {anyOf: [{type: 'string'}, {type: 'null'}], default: null},
  },
  required: ['target'],
};

describe('the answer to a question', () => {
  test('is a single value for a simple type', () => {
    assertAccepts({type: 'boolean'}, 'y', true);
    assertAccepts({type: 'boolean'}, 'No', false);
    assertAccepts({type: 'integer'}, ' 3 ', 3);
    assertAccepts({type: 'number'}, '3', 3);
    assertAccepts({type: 'string'}, 'two words', 'two words');
    assertAccepts({enum: ['staging', 'prod'], type: 'string'}, 'prod', 'prod');
    assertAccepts({anyOf: [{type: 'integer'}, {type: 'null'}]}, '', null);
    assertAccepts({type: 'array', items: {type: 'integer'}}, '[1, 2]', [1, 2]);
    assertAccepts({type: 'object', additionalProperties: {type: 'integer'}}, '{"a": 1}', {a: 1});
  });

  test('is rejected before it is sent, with the reason', () => {
    assertRejects({type: 'boolean'}, 'maybe', /must be yes or no/);
    assertRejects({type: 'integer'}, '3.5', /must be a whole number/);
    assertRejects({type: 'integer', minimum: 1, maximum: 10}, '11', /must be at most 10/);
    assertRejects({type: 'integer', exclusiveMinimum: 0}, '0', /must be greater than 0/);
    assertRejects({type: 'string', minLength: 1}, '', /must not be empty/);
    assertRejects({type: 'string', pattern: '^v\\d+$'}, 'x1', /must match/);
    assertRejects({enum: ['staging', 'prod'], type: 'string'}, 'live', /must be staging or prod/);
    assertRejects({type: 'array', items: {type: 'integer'}}, '[1, "a"]', /item 2 must be a whole number/);
    assertRejects({type: 'array', items: {type: 'integer'}}, '[1,', /must be a list as JSON/);
    assertRejects({type: 'array', items: {type: 'integer'}, minItems: 1}, '[]', /must have at least 1 item\b/);
    assertRejects(
      {type: 'object', additionalProperties: {enum: ['a', 'b']}},
      '{"key": "c"}',
      /key must be one of a, b/,
    );
    assertRejects({type: 'object', additionalProperties: {type: 'integer'}}, '{"a": "b"}', /a must be a whole number/);
  });

  test('has no value if the question takes none', () => {
    assert.deepEqual(answer(null), {ok: true, value: undefined});
  });

  test('has one field for each property of a model, filled in with its default', () => {
    const {fields} = buildAnswerForm(model);
    assert.deepEqual(
      fields.map(({key, kind, initialText, hint}) => ({key, kind, initialText, hint})),
      [
        {key: 'target', kind: 'choice', initialText: '', hint: 'staging or prod'},
        {key: 'replicas', kind: 'number', initialText: '2', hint: 'a whole number, 1 to 10, may be empty'},
        {key: 'note', kind: 'text', initialText: '', hint: 'text, may be empty'},
      ],
    );
    assert.deepEqual(answer(model, 'prod', '3', ''), {ok: true, value: {target: 'prod', replicas: 3, note: null}});
    assert.deepEqual(answer(model, 'prod', '', 'hi'), {ok: true, value: {target: 'prod', note: 'hi'}});
  });

  test('is rejected with the field of a model that is wrong', () => {
    const parsed = answer(model, 'prod', '0', '');
    assert.deepEqual(parsed, {ok: false, field: 1, message: 'replicas must be at least 1'});
    assert.deepEqual(answer(model, '', '2', ''), {
      ok: false,
      field: 0,
      message: 'target must not be empty (staging or prod)',
    });
  });

  test('may be a multiple of a fraction, which JavaScript cannot divide exactly', () => {
    assertAccepts({type: 'number', multipleOf: 0.1}, '0.3', 0.3);
    assertRejects({type: 'number', multipleOf: 0.1}, '0.35', /must be a multiple of 0.1/);
    assertRejects({type: 'integer', multipleOf: 2}, '10000000001', /must be a multiple of 2/);
  });

  test('can be a number that the server wrote as 1.0', () => {
    const rate = {type: 'number', default: new ExactNumber('1.0')};
    const [field] = buildAnswerForm({type: 'object', properties: {rate}}).fields;
    assert.equal(field?.initialText, '1.0');
    const choices: Json = {enum: [0.5, new ExactNumber('1.0')], type: 'number'};
    assert.equal(buildAnswerForm(choices).fields[0]?.hint, '0.5 or 1.0');
    assertAccepts(choices, '1.0', 1);
    assertRejects({type: 'array', items: choices}, '[2]', /must be one of 0.5, 1.0/);
    assertAccepts({enum: [[new ExactNumber('1.0'), 2], {a: new ExactNumber('2.0')}]}, '[1.0,2]', [1, 2]);
  });

  test('is rejected if it has an integer that JavaScript would change', () => {
    const large = '9007199254740993';
    const message = /The answer cannot be sent exactly: 9007199254740993 has too many digits/;
    assertRejects({type: 'integer'}, large, message);
    assertRejects({type: 'array', items: {type: 'integer'}}, `[1, ${large}]`, message);
    assertRejects({enum: [1, new ExactNumber(large)], type: 'integer'}, large, message);
    assertRejects({enum: [[1], [new ExactNumber(large)]]}, `[${large}]`, message);
    assertAccepts({type: 'integer'}, '9007199254740991', 9007199254740991);
    assertAccepts({type: 'string'}, large, large);
    assertAccepts({enum: [large], type: 'string'}, large, large);
    assertAccepts({type: 'array', items: {type: 'string'}}, `["${large}", "\\"${large}"]`, [large, `"${large}`]);
    assertAccepts({type: 'number'}, '0.1234567890123456', 0.1234567890123456);
  });

  test('is rejected if it has a number that JavaScript cannot represent', () => {
    const message = /The answer cannot be sent exactly: -?1e999 is out of range/;
    assertRejects({}, '1e999', message);
    assertRejects({type: 'array'}, '[1, -1e999]', message);
    assertAccepts({}, '"1e999"', '1e999');
    assertAccepts({}, '1e3', 1000);
  });

  test('is one line of JSON for a model with many fields', () => {
    const keys = Array.from({length: 100}, (_, index) => `field${index}`);
    const large: Json = {type: 'object', properties: Object.fromEntries(keys.map(key => [key, {type: 'integer'}]))};
    assert.equal(buildAnswerForm(large).fields.length, 1);
    assertRejects(large, '{"field7": "x"}', /field7 must be a whole number/);
    assertAccepts(large, '{"field7": 7}', {field7: 7});
  });

  test('is not checked against what zentop cannot resolve: an external reference, a pattern only Python understands, a loop', () => {
    assertAccepts({$ref: 'https://example.com/schema'}, '1', 1);
    assertAccepts({type: 'string', pattern: '(?P<a>x)'}, 'y', 'y');
    assertAccepts({$defs: {a: {$ref: '#/$defs/a'}}, $ref: '#/$defs/a'}, '1', 1);
  });
});

test('finds the choice that a text stands for, to mark it in the form', () => {
  const [approval] = buildAnswerForm({type: 'boolean'}).fields;
  const [color] = buildAnswerForm({enum: ['red', 'green'], type: 'string'}).fields;
  assert.ok(approval !== undefined && color !== undefined);
  assert.equal(findChoice(approval, 'y'), true);
  assert.equal(findChoice(approval, 'N'), false);
  assert.equal(findChoice(approval, ''), undefined);
  assert.equal(findChoice(color, 'red'), 'red');
  assert.equal(findChoice(color, 're'), undefined);
  const one = new ExactNumber('1.0');
  const [rate] = buildAnswerForm({enum: [0.5, one], type: 'number'}).fields;
  assert.equal(rate && findChoice(rate, '1.0'), one);
});
