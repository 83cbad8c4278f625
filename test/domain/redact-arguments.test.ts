import assert from 'node:assert/strict';
import {describe, test} from 'vitest';
import {redactText} from '../../src/domain/redact-text.js';
import {removeSecrets} from '../../src/domain/remove-secrets.js';

describe('the secret of a command line is redacted', () => {
  test.each([
    ['redis-cli -h db -a S3CRET ping', 'redis-cli -h db -a <removed> ping'],
    ["redis-cli --pass 'S3 CRET'", "redis-cli --pass '<removed>'"],
    ['kubectl exec redis-0 -- redis-cli --pass=S3CRET info', 'kubectl exec redis-0 -- redis-cli --pass=<removed> info'],
    ["sh -c 'redis-cli -a S3CRET ping'", "sh -c 'redis-cli -a <removed> ping'"],
    ['{"cmd": "redis-cli -a \\"S3 CRET\\" ping"}', '{"cmd": "redis-cli -a \\"<removed>\\" ping"}'],
    ['mysql -u root --password S3CRET', 'mysql -u root --password <removed>'],
    ['/usr/bin/mysql -p"S3 CRET" shop', '/usr/bin/mysql -p"<removed>" shop'],
    ['sshpass -v -pS3CRET ssh ada@h', 'sshpass -v -p<removed> ssh ada@h'],
    ['wget --password=S3CRET https://e.org', 'wget --password=<removed> https://e.org'],
    ['wget --http-password S3CRET https://e.org', 'wget --http-password <removed> https://e.org'],
    ['docker login -u ada -p S3CRET registry', 'docker login -u ada -p <removed> registry'],
    ['helm registry login -pS3CRET ghcr.io', 'helm registry login -p<removed> ghcr.io'],
    ['az login --service-principal -u app -p S3CRET', 'az login --service-principal -u app -p <removed>'],
    ['echo S3CRET | docker login -u ada --password-stdin', 'echo <removed> | docker login -u ada --password-stdin'],
    ['curl "https://e.org?a=1&b=2" -u ada:S3CRET', 'curl "https://e.org?a=1&b=2" -u ada:<removed>'],
    ['http --auth ada:S3CRET e.org', 'http --auth ada:<removed> e.org'],
    ['http -A bearer -a S3CRET e.org', 'http -A bearer -a <removed> e.org'],
    ['mongosh -u ada -p S3CRET', 'mongosh -u ada -p <removed>'],
    ['ldapsearch -D cn=ada -w S3CRET', 'ldapsearch -D cn=ada -w <removed>'],
    ['sqlcmd -U sa -P S3CRET', 'sqlcmd -U sa -P <removed>'],
    ['smbclient //h/s -U ada%S3CRET', 'smbclient //h/s -U ada%<removed>'],
    ['openssl rsa -passin pass:S3CRET', 'openssl rsa -passin pass:<removed>'],
    ['gpg --batch --passphrase S3CRET f.gpg', 'gpg --batch --passphrase <removed> f.gpg'],
    ['wandb login 0123456789abcdef', 'wandb login <removed>'],
    [
      'kubectl create secret generic x --from-literal=key=S3CRET',
      'kubectl create secret generic x --from-literal=key=<removed>',
    ],
    ['python train.py --api_key S3CRET --lr 3', 'python train.py --api_key <removed> --lr 3'],
  ])('%s', (text, expected) => {
    assert.equal(redactText(text), expected);
  });

  test.each([
    'cp -a src dst',
    'ls -a dir',
    'redis-cli ping && cp -a src dst',
    'redis-cli ping | grep -a x',
    'redis-cli -p 6379 ping',
    'mysql -u root -p shop',
    'docker run -p 8080:80 mysql',
    'docker login -u ada registry.example.org',
    'docker compose -p app up',
    'az group list -p x',
    'mkdir -p /tmp/mysql',
    'ssh -p 22 ada@h',
    'sshpass -e ssh ada@h',
    'psql -p 5432 -U ada',
    'curl -o a:b https://e.org',
    'http -v localhost:8080 a:=1',
    'unzip -p a.zip f',
    'vault login -method=oidc',
    'python train.py --max-tokens 512 --tokenizer bert',
    '  --password PASSWORD   password of the user',
    'mysql: [Warning] Using a password on the command line interface can be insecure.',
  ])('but not in %s', text => {
    assert.equal(redactText(text), text);
  });
});

describe('the secret of a list of arguments is redacted', () => {
  test.each([
    ['["mysql","-pS3,CRET"]', '["mysql","-p<removed>"]'],
    ["Command '['mysql', '-u', 'root', '-pS3CRET']' failed", "Command '['mysql', '-u', 'root', '-p<removed>']' failed"],
    ['[\\"redis-cli\\", \\"-a\\", \\"S3CRET\\"]', '[\\"redis-cli\\", \\"-a\\", \\"<removed>\\"]'],
    ['["curl", "--user", "ada:S3CRET"]', '["curl", "--user", "ada:<removed>"]'],
    ['["--db-password", "S3 CRET"]', '["--db-password", "<removed>"]'],
    ['[\n  "sshpass",\n  "-p",\n  "S3CRET"\n]', '[\n  "sshpass",\n  "-p",\n  "<removed>"\n]'],
    ['command:\n- redis-cli\n- -a\n- S3CRET', 'command:\n- redis-cli\n- -a\n- <removed>'],
  ])('%s', (text, expected) => {
    assert.equal(redactText(text), expected);
  });

  test.each([
    '["cp","-a","src"]',
    '["mysql","-p"]',
    '["docker","run","mysql","-p","3306:3306"]',
    '["--max-tokens", "512"]',
    '@click.option("--api-key", "api_key")',
  ])('but not in %s', text => {
    assert.equal(redactText(text), text);
  });

  test('in a JSON document, whatever blanks and quotes it contains', () => {
    assert.deepEqual(
      removeSecrets({
        command: ['mysql', '-uroot', '-pS3 "C,RET'],
        args: ['--api-key', 'S3 CRET', '--lr', '3'],
        entrypoint: ['curl', '-u', 'ada:S3 C"RET', 'https://e.org'],
        names: ['cp', '-a', 'b'],
      }),
      {
        command: ['mysql', '-uroot', '-p<removed>'],
        args: ['--api-key', '<removed>', '--lr', '3'],
        entrypoint: ['curl', '-u', 'ada:<removed>', 'https://e.org'],
        names: ['cp', '-a', 'b'],
      },
    );
  });
});
