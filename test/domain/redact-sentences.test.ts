import assert from 'node:assert/strict';
import {describe, test} from 'vitest';
import {redactText} from '../../src/domain/redact-text.js';

describe('a secret after its name is redacted', () => {
  test.each([
    ['password for user ada is S3CRET', 'password for user ada is <removed>'],
    ['the password for "ada" is hunter.', 'the password for "ada" is <removed>.'],
    ['The password is: S3CRET', 'The password is: <removed>'],
    ['the password is my_own', 'the password is <removed>'],
    ['your token is abc123def456 now', 'your token is <removed> now'],
    ['login failed with password S3CRET', 'login failed with password <removed>'],
    ['machine h login u password S3CRET', 'machine h login u password <removed>'],
    ['machine h\n  login u\n  password S3CRET\n', 'machine h\n  login u\n  password <removed>\n'],
    ['aws configure set aws_secret_access_key S3CRET', 'aws configure set aws_secret_access_key <removed>'],
    ['ENV HF_TOKEN S3CRET', 'ENV HF_TOKEN <removed>'],
    ['aws_secret_access_key = secretkey', 'aws_secret_access_key = <removed>'],
    ['password : S3CRET', 'password : <removed>'],
    ['password:S3CRET', 'password:<removed>'],
    ["'password' => 'S3CRET'", "'password' => '<removed>'"],
    ['<db:password>S3CRET</db:password>', '<db:password><removed></db:password>'],
    ['PGPASSWORD=S3CRET psql', 'PGPASSWORD=<removed> psql'],
    ['REDISCLI_AUTH=S3CRET SSHPASS=S3CRET', 'REDISCLI_AUTH=<removed> SSHPASS=<removed>'],
  ])('%s', (text, expected) => {
    assert.equal(redactText(text), expected);
  });

  test.each([
    'the password is required',
    'The password is mandatory.',
    'The password is 8 characters long',
    'password for user ada is expired',
    'the password for ada is stored in the vault',
    'password is base64',
    'using password: YES',
    'if password is None:',
    'if (user is None and password is _UNSET):',
    'AuthScheme.OAUTH2_PASSWORD_BEARER\n    jwt_token_algorithm: str',
    'aws_secret_access_key = aws_secret_access_key',
    'using password authentication',
    'the token is valid for 3600 s',
    'token count is 512',
    'tokens: 512',
    'the secret to success is hard work',
    'image: registry/password:1.2.3',
    'aws configure set region us-east-1',
    'api_key = settings.api_key',
  ])('but not in “%s”', text => {
    assert.equal(redactText(text), text);
  });
});

describe('credentials in a header are redacted', () => {
  test.each([
    ['Authorization: Basic dTpw', 'Authorization: Basic <removed>'],
    ['{"Authorization":"Bearer S3C"}', '{"Authorization":"Bearer <removed>"}'],
    ['{\\"Authorization\\": \\"Bearer S3C\\"}', '{\\"Authorization\\": \\"Bearer <removed>\\"}'],
    ["('Authorization', 'Bearer S3CRET123')", "('Authorization', 'Bearer <removed>')"],
    ['headers["Authorization"] = "Bearer S3CRET123"', 'headers["Authorization"] = "Bearer <removed>"'],
    ['Authorization%3A%20Bearer%20S3CRET123', 'Authorization%3A%20Bearer%20<removed>'],
    ['-H Authorization:Bearer\\ S3CRET', '-H Authorization:Bearer\\ <removed>'],
    ['Authorization: Digest username="ada", response="S3CRET"', 'Authorization: Digest <removed>'],
    ['Authorization: AWS4-HMAC-SHA256 Credential=A/b, Signature=S3', 'Authorization: AWS4-HMAC-SHA256 <removed>'],
  ])('%s', (text, expected) => {
    assert.equal(redactText(text), expected);
  });

  test.each([
    'Authorization: required',
    'Authorization header is missing',
    'Basic authentication failed',
    'Bearer authentication is not supported',
    'basic statistics of the data set',
  ])('but not in “%s”', text => {
    assert.equal(redactText(text), text);
  });
});
