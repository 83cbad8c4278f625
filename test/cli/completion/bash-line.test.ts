import assert from 'node:assert/strict';
import {describe, test} from 'vitest';
import {parseBashLine, quoteForBash} from '../../../src/cli/completion/bash-line.js';

const wordBreaks = ' \t\n"\'@><=;|&(:';

describe('a line of bash', () => {
  test.each([
    ['zentop ', ['zentop', '']],
    ['zentop logs  a', ['zentop', 'logs', 'a']],
    ['zentop "a b" c', ['zentop', 'a b', 'c']],
    [`zentop a\\ b'c "d'e f`, ['zentop', 'a bc "de', 'f']],
    ['zentop "a \\" \\n $HOME', ['zentop', 'a " \\n $HOME']],
    ["zentop 'a \\", ['zentop', 'a \\']],
    ["zentop '' ", ['zentop', '', '']],
    ['zentop $(rm x)', ['zentop', '$(rm', 'x)']],
    ['zentop a\\', ['zentop', 'a']],
    ['zentop > out lo', ['zentop', 'lo']],
  ])('parses %j as bash does', (line, words) => {
    assert.deepEqual(parseBashLine(line, wordBreaks).words, words);
  });

  test('expects a file only after a redirection', () => {
    assert.equal(parseBashLine('zentop runs > o', wordBreaks).isRedirection, true);
    assert.equal(parseBashLine('zentop runs > o ', wordBreaks).isRedirection, false);
    assert.equal(parseBashLine('zentop runs \\> o', wordBreaks).isRedirection, false);
  });

  test.each([
    ['zentop fi', 'fit the model', 'fit\\ the\\ model'],
    ['zentop "fit t', 'fit the model', 'fit the model'],
    ['zentop "', 'a$b`c"d\\e', 'a\\$b\\`c\\"d\\\\e'],
    ["zentop '", "it's", "it'\\''s"],
    ['zentop ', '$(touch x);`y`&|<>', '\\$\\(touch\\ x\\)\\;\\`y\\`\\&\\|\\<\\>'],
    // Readline keeps what precedes the last : or = that is not quoted.
    ['zentop map:e', 'map:embed:1', 'embed:1'],
    ['zentop map\\:e', 'map:embed:1', 'map:embed:1'],
    ['zentop --pipeline=a\\ b@', '--pipeline=a b@c', '@c'],
    ['zentop --pipeline="a b@', '--pipeline=a b@c', 'a b@c'],
    ['zentop na', 'naïve 模型', 'naïve\\ 模型'],
  ])('completes %j to %j', (line, candidate, expected) => {
    assert.equal(quoteForBash(candidate, parseBashLine(line, wordBreaks)), expected);
  });
});
