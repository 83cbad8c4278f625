import assert from 'node:assert/strict';
import {test} from 'vitest';
import {decodeException} from '../../src/api/decode/exception.js';
import {decodeErrorBody} from '../../src/api/error-body.js';

test('passwords in the message and the traceback of an exception are redacted', () => {
  const url = 'postgres://bob:SEC@RET@host/db';
  const exception = decodeException({
    message: `cannot connect to ${url}`,
    traceback: `File "x.py"\n  connect("${url}")`,
  });
  assert.equal(exception?.message, 'cannot connect to postgres://<removed>@host/db');
  assert.doesNotMatch(exception?.traceback ?? '', /SEC|RET/);
});

test('passwords in the error message of a server are redacted', () => {
  const body = {detail: ['OperationalError', 'mysql://admin:p@ss@db/x refused']};
  assert.equal(decodeErrorBody(body).detail, 'mysql://<removed>@db/x refused');
});
