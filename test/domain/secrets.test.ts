import assert from 'node:assert/strict';
import {describe, test} from 'vitest';
import {redactText} from '../../src/domain/redact-text.js';
import {removeSecrets} from '../../src/domain/remove-secrets.js';
import {redactionText} from '../../src/domain/secret-words.js';

const jwt = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJtYXJrZWQifQ.c2lnbmF0dXJlLW1hcmtlZA';

describe('a JSON value', () => {
  test.each([
    'password',
    'PASSWORD',
    'db_password',
    'access_token',
    'refreshToken',
    'HF_TOKEN',
    'api_key',
    'apiKey',
    'X-Api-Key',
    'OPENAI_API_KEY',
    'aws_secret_access_key',
    'secret',
    'secrets',
    'secretName',
    'credentials',
    'Authorization',
    'client_secret',
    'private_key',
    'set-cookie',
  ])('loses the value of %s, at any depth and of any type', key => {
    const value = {config: [{[key]: 'marked'}], settings: {[key]: {a: ['marked', {b: 'marked'}], n: 4711}}};
    const text = JSON.stringify(removeSecrets(value));
    assert.doesNotMatch(text, /marked|4711/);
    assert.ok(text.includes(key));
  });

  test.each([
    {max_tokens: 512},
    {tokenizer: 'bert-base-uncased'},
    {pad_token: '<pad>', eosToken: '</s>', additional_special_tokens: ['<tool>']},
    {cache_key: 'd41d8cd98f00b204e9800998ecf8427e'},
    {auth_scheme: 'NO_AUTH'},
    {caching_parameters: {step_source: 'abc'}},
    {password: null, is_secret: true, token: ''},
    {keys: ['a', 'b'], monkey: 'x', author: 'ada'},
    {uri: 's3://bucket/path@17', image: 'registry.example.org/app:latest'},
  ])('keeps %j', value => {
    assert.deepEqual(removeSecrets(value), value);
  });

  test('loses the value of a name/value pair if the name is that of a secret', () => {
    assert.deepEqual(
      removeSecrets([
        {name: 'API_KEY', value: 'marked'},
        {name: 'MODE', value: 'fast'},
      ]),
      [
        {name: 'API_KEY', value: redactionText},
        {name: 'MODE', value: 'fast'},
      ],
    );
  });

  test('keeps its structure when values are removed', () => {
    assert.deepEqual(removeSecrets({secrets: ['a', 'b'], token: {kind: 'x'}}), {
      secrets: [redactionText, redactionText],
      token: {kind: redactionText},
    });
  });
});

describe('a text', () => {
  test.each([
    ['a JSON web token', `sent ${jwt} to it`],
    ['a ZenML key', 'ZENKEY_marked0123456789'],
    ['a ZenML Pro key', 'key is ZENPROKEY_marked0123456789='],
    ['a header', 'Authorization: Bearer marked0123456789'],
    ['a user in an address', 'cloning https://ada:marked@example.org/repo'],
    ['a database address', 'postgresql+psycopg://ada:marked@db:5432/x'],
    ['an assignment', 'export DB_PASSWORD=marked'],
    ['source code', "client = Client(api_key='marked')"],
    ['a constant', 'API_TOKEN = "marked"'],
    ['a dictionary entry', 'os.environ["HF_TOKEN"] = "marked"'],
    ['JSON inside a text', '{"password": "marked", "user": "ada"}'],
    ['JSON inside a string of JSON', '{\\"password\\": \\"marked\\"}'],
    ['a signed address', 'https://s3.example.org/x?X-Amz-Date=1&X-Amz-Signature=marked&y=2'],
    ['a private key', '-----BEGIN RSA PRIVATE KEY-----\nmarked\n-----END RSA PRIVATE KEY-----'],
    ['an option of mysql', 'mysql -h db -u root -pmarked shop'],
    ['an option of mysqldump in quotes', "mysqldump -p'marked marked' shop"],
    ['a long option of mysql', 'mysql --password=marked shop'],
    ['a quoted long option of mysql', 'mysql --password="marked marked" shop'],
    ['a user of curl', 'curl -u ada:marked https://example.org'],
    ['a user of curl among other options', "curl -sSu 'ada:marked marked' https://example.org"],
    ['a long option of curl', 'curl --user=ada:marked https://example.org'],
    ['an option of sshpass', 'sshpass -p marked ssh ada@example.org'],
    ['a variable before a command', '+ PGPASSWORD=marked psql -h db'],
    ['an answered prompt', 'Password for user ada: marked'],
    ['an answered prompt without a name', 'Password for user: marked'],
    ['a well-known key', 'AKIAMARKED0123456789 ghp_marked0123456789abcdef sk-marked0123456789abcdef'],
  ])('loses %s', (_, text) => {
    const result = redactText(text);
    assert.doesNotMatch(result, /marked/i);
    assert.ok(result.includes(redactionText));
    assert.ok(!result.includes(jwt.slice(0, 20)));
  });

  test.each([
    'epoch 7/20 loss 0.213',
    'max_tokens=512, tokenizer="bert"',
    'see https://example.org/docs?page=2#token',
    'user@example.org wrote it at 12:00:01',
    'def load(token): return get(token)',
    'docker run mysql -p3306:3306',
    'mysql -u root -p shop',
    'curl -u ada https://example.org:8080/x',
    'curl --user-agent=zentop:1 https://example.org',
    'Password for user ada: expired',
    'Password for user ada: changed by the administrator',
  ])('keeps “%s”', text => {
    assert.equal(redactText(text), text);
  });

  test('of a megabyte is searched quickly', () => {
    const text = `${'a.b-c_'.repeat(170_000)} https://${'x'.repeat(100_000)}${' '.repeat(100_000)}${'mysql -a b -p '.repeat(10_000)}`;
    const before = process.cpuUsage();
    redactText(text);
    // CPU time, which does not depend on the load of the machine.
    assert.ok(process.cpuUsage(before).user < 2_000_000);
  });
});
