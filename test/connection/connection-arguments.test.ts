import assert from 'node:assert/strict';
import {readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, test} from 'vitest';
import {getConnectionArguments} from '../../src/connection/connection-arguments.js';
import {explainFailure} from '../../src/connection/explain-failure.js';
import {formatZentopCommand} from '../../src/domain/zentop-command.js';
import {aRefusal} from '../support/builders.js';

const none = {server: undefined, project: undefined, apiKeyFile: undefined};

const format = (flags: Partial<typeof none | Record<keyof typeof none, string>>, platform = 'linux'): string =>
  formatZentopCommand(['runs'], getConnectionArguments({platform}, {...none, ...flags}));

describe('a zentop command that the user can copy', () => {
  test('has no options if the command line has none', () => {
    assert.equal(format({}), 'zentop runs');
  });

  test('repeats the server, the project and the key file', () => {
    assert.equal(
      format({server: 'https://zenml.example.com/', project: 'vision', apiKeyFile: 'keys/ci.txt'}),
      'zentop runs --server https://zenml.example.com --project vision --api-key-file keys/ci.txt',
    );
  });

  test.each([
    ['quotes spaces and quotes', {project: "Ada's models"}, String.raw`zentop runs --project 'Ada'\''s models'`],
    ['quotes what the shell would expand', {apiKeyFile: '~/$KEY'}, "zentop runs --api-key-file '~/$KEY'"],
    ['quotes an IPv6 address', {server: 'http://[::1]:8237'}, "zentop runs --server 'http://[::1]:8237'"],
    ['keeps a value that begins with a dash', {project: '-old'}, 'zentop runs --project=-old'],
    ['leaves out an empty option', {project: ' '}, 'zentop runs'],
    [
      'omits the user name and password',
      {server: 'https://ada:pw@example.com/'},
      'zentop runs --server https://example.com/',
    ],
    ['omits the query', {server: 'ada:pw@example.com?token=s'}, 'zentop runs --server example.com'],
    ['has a placeholder for a pipe', {apiKeyFile: '/dev/fd/63'}, 'zentop runs --api-key-file FILE'],
    ['has a placeholder for a key', {apiKeyFile: 'ZENKEY_c2VjcmV0'}, 'zentop runs --api-key-file FILE'],
  ])('%s', (_, flags, expected) => {
    assert.equal(format(flags), expected);
  });

  test('uses double quotes on Windows', () => {
    assert.equal(
      format({project: 'my models', apiKeyFile: String.raw`C:\keys\ci.txt`}, 'win32'),
      String.raw`zentop runs --project "my models" --api-key-file C:\keys\ci.txt`,
    );
  });
});

describe('the explanation of a failure', () => {
  const context = {
    serverUrl: 'http://old.example.com',
    serverOrigin: '--server',
    loginOrigin: undefined,
    loginKind: undefined,
    connectionArguments: getConnectionArguments(
      {platform: 'linux'},
      {server: 'http://old.example.com', project: 'vision', apiKeyFile: undefined},
    ),
  };

  test('repeats the options in a command', () => {
    const {hint} = explainFailure({kind: 'malformed', where: 'runs'}, context);
    assert.match(hint, /`zentop doctor --server http:\/\/old\.example\.com --project vision`/);
  });

  test('replaces the server with the one that it redirects to', () => {
    const {hint} = explainFailure(aRefusal(308, {redirectUrl: 'https://new.example.com/a;b/api/v1/runs'}), context);
    assert.equal(hint, "Use that URL: `zentop --server 'https://new.example.com/a;b' --project vision`.");
  });
});

test('no text names a command that connects to the server without its options', () => {
  const folder = join(import.meta.dirname, '../../src');
  const texts = readdirSync(folder, {recursive: true, encoding: 'utf8'})
    .filter(path => /\.tsx?$/.test(path) && !path.startsWith('cli/manual/'))
    .flatMap(path => readFileSync(join(folder, path), 'utf8').split('\n'))
    .filter(line => /`zentop (?:doctor|runs|logs|timeline|graph|stop|answer|latest)\b/.test(line))
    .filter(line => !/^\s*(?:\/?\*|\/\/)/.test(line));
  assert.deepEqual(texts, []);
});
