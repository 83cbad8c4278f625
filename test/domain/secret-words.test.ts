import assert from 'node:assert/strict';
import {describe, test} from 'vitest';
import {isSecretKey, redactText} from '../../src/domain/secret-words.js';

describe('a password in a URL is redacted', () => {
  test.each([
    ['postgres://bob:SECRET@host/db', 'postgres://<removed>@host/db'],
    ['mysql://admin:p@ss@db/x', 'mysql://<removed>@db/x'],
    ['postgresql://u:pa/ss@db/x', 'postgresql://<removed>@db/x'],
    ['postgresql://u:pa/s@s@db:5432/x', 'postgresql://<removed>@db:5432/x'],
    ['redis://:SECRET@cache:6379', 'redis://<removed>@cache:6379'],
    ['amqp://u:p%40ss@mq/%2f', 'amqp://<removed>@mq/%2f'],
    ['(mongodb+srv://u:SECRET@cluster)', '(mongodb+srv://<removed>@cluster)'],
    ["could not connect to 'mysql://u:x#y?z@db'", "could not connect to 'mysql://<removed>@db'"],
    ['https://token@github.com/org/repo', 'https://<removed>@github.com/org/repo'],
  ])('%s', (text, expected) => {
    assert.equal(redactText(text), expected);
  });

  test.each([
    'https://zenml.example.com:8080/runs/1',
    'http://localhost:8237/a@b',
    'https://github.com/org/repo@main',
    'mail ops@example.com about https://example.com',
    's3://bucket/path/file@2x.png',
  ])('but %s has none', text => {
    assert.equal(redactText(text), text);
  });
});

describe('a secret is redacted by the name before it', () => {
  test.each([
    ['PGPASSWORD=x1', 'PGPASSWORD=<removed>'],
    ['{"PGPASSWORD": "x"}', '{"PGPASSWORD": "<removed>"}'],
    ['DB_PASS=hunter2 DB_USER=bob', 'DB_PASS=<removed> DB_USER=bob'],
    ['"smtp_pass": "hunter2"', '"smtp_pass": "<removed>"'],
    ['STRIPE_KEY=rk_live', 'STRIPE_KEY=<removed>'],
    ['OPENAI_KEY: "abc"', 'OPENAI_KEY: "<removed>"'],
    ['AccountName=a;AccountKey=abc==;Suffix=b', 'AccountName=a;AccountKey=<removed>;Suffix=b'],
    ['SharedAccessKey=abc=', 'SharedAccessKey=<removed>'],
    ['SLACK_WEBHOOK_URL=https://example.com/hook/1', 'SLACK_WEBHOOK_URL=<removed>'],
    ['posting to https://hooks.slack.com/services/T0/B0/xyz', 'posting to https://hooks.slack.com/<removed>'],
    ['https://discord.com/api/webhooks/1/abc', 'https://discord.com/api/webhooks/<removed>'],
  ])('%s', (text, expected) => {
    assert.equal(redactText(text), expected);
  });

  test.each(['primary_key=id', 'cache_key: "abc"', 'key=value', 'passes=3', 'max_tokens=512', 'SORT_KEY=name'])(
    'but not in %s',
    text => {
      assert.equal(redactText(text), text);
    },
  );
});

test.each([
  'password',
  'PGPASSWORD',
  'dbPassword',
  'DB_PASS',
  'smtpPass',
  'STRIPE_KEY',
  'AccountKey',
  'SLACK_WEBHOOK_URL',
  'webhook',
  'connectionString',
])('the value of %s is a secret', key => {
  assert.equal(isSecretKey(key), true);
});

test.each([
  'key',
  'cache_key',
  'primaryKey',
  'PRIMARY_KEY',
  'compass',
  'pass_rate',
  'passes',
  'pad_token',
  'tokenizer',
])('the value of %s is not a secret', key => {
  assert.equal(isSecretKey(key), false);
});
