import assert from 'node:assert/strict';
import {describe, test} from 'vitest';
import {redactText} from '../../src/domain/redact-text.js';
import {isSecretKey} from '../../src/domain/secret-words.js';

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
    ['oracle+cx_oracle://scott:SECRET@h/x', 'oracle+cx_oracle://<removed>@h/x'],
    ["postgres://bob:S3C'RET@host", 'postgres://<removed>@host'],
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

  test.each([
    ['password: S3CRET', 'password: <removed>'],
    ['user: bob\n  - api_key: S3CRET\nnext: 1', 'user: bob\n  - api_key: <removed>\nnext: 1'],
    ['aws_secret_access_key = wJalr/K7', 'aws_secret_access_key = <removed>'],
    ['curl -H "X-Api-Key: S3CRET" x', 'curl -H "X-Api-Key: <removed>" x'],
    ['curl -H "Authorization: token S3CRET"', 'curl -H "Authorization: token <removed>"'],
    ["{'Authorization': 'S3CRET'}", "{'Authorization': '<removed>'}"],
    ['Cookie: session=S3CRET; a=b', 'Cookie: <removed>'],
    ['Set-Cookie: sid=S3CRET; Path=/\nAge: 0', 'Set-Cookie: <removed>\nAge: 0'],
    ['zenml login --password S3CRET --url x', 'zenml login --password <removed> --url x'],
    ['run --hf-token=S3CRET --api-key "S3CRET"', 'run --hf-token=<removed> --api-key "<removed>"'],
    ['{"auths": {"h": {"auth": "dXNlcjpTM0NSRVQ="}}}', '{"auths": {"h": {"auth": "<removed>"}}}'],
    ['SECRET_KEY_BASE=S3CRET', 'SECRET_KEY_BASE=<removed>'],
    ["fernet_key='S3CRET'", "fernet_key='<removed>'"],
    ['SharedAccessSignature=S3CRET', 'SharedAccessSignature=<removed>'],
    [
      'https://acme.webhook.office.com/webhookb2/S3@x/IncomingWebhook/S3',
      'https://acme.webhook.office.com/webhookb2/<removed>',
    ],
    [
      'https://chat.googleapis.com/v1/messages?key=S3CRET&x=1',
      'https://chat.googleapis.com/v1/messages?key=<removed>&x=1',
    ],
  ])('%s', (text, expected) => {
    assert.equal(redactText(text), expected);
  });

  test.each([
    'def load(api_key: str, token: Optional[str] = None):',
    '    password: SecretStr',
    'token = response.token',
    'token = reply',
    'Unexpected token: foo',
    'SyntaxError: Unexpected token = in JSON',
    'The option --token is required.',
    'password: required',
    '{"auth": "basic"}',
  ])('but not in %s', text => {
    assert.equal(redactText(text), text);
  });

  test.each(['primary_key=id', 'cache_key: "abc"', 'key=value', 'passes=3', 'max_tokens=512', 'SORT_KEY=name'])(
    'but not in %s',
    text => {
      assert.equal(redactText(text), text);
    },
  );
});

describe('a secret is redacted by its form', () => {
  test.each([
    'dckr_pat_abcdefghijklmnop1234',
    'dapi0123456789abcdef0123456789abcdef',
    'whsec_abcdefghijklmnop1234',
    'rk_live_abcdefghijklmnop',
    'SG.abcdefghijklmnop.abcdefghijklmnop',
    'ya29.a0AfH6SMabcdefghijkl',
    'GOCSPX-abcdefghijklmnop',
    '-----BEGIN PGP PRIVATE KEY BLOCK-----\nS3CRET\n-----END PGP PRIVATE KEY BLOCK-----',
  ])('%s', text => {
    assert.equal(redactText(`before ${text} after`), 'before <removed> after');
  });
});

test.each([
  'password',
  'conn_str',
  'DB_PW',
  'github_pat',
  'masterKey',
  'license_key',
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
