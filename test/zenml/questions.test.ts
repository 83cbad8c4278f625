import assert from 'node:assert/strict';
import {describe, test} from 'vitest';
import {copyWith, findInMenu, press, runInShell} from './support/actions.js';
import {call, getRunBody, waitForQuestion, waitForRun} from './support/call.js';
import {run} from './support/program.js';
import type {ZenmlServer} from './support/server.js';
import {setUpServer} from './support/set-up-server.js';
import {isAtLeast, zenmlVersion} from './support/version.js';

/**
 * A question, keys that enter an invalid answer and the message for it, the keys of a valid answer, what the confirmation says,
 * and the value that the run gets.
 */
type AnswerCase = readonly [
  name: string,
  wrong: readonly [keys: readonly string[], words: RegExp] | undefined,
  keys: readonly string[],
  confirmation: RegExp,
  value: RegExp,
];

const backspaces = Array<string>(12).fill('backspace');

const answerCases: readonly AnswerCase[] = [
  ['boolean', [[], /The answer must not be empty \(yes or no\)/], ['right'], /Answer true and/, /True/],
  ['integer', [[...'1.5'], /The answer must be a whole number/], [...backspaces, '3'], /Answer 3 and/, /3/],
  ['number', [[...'many'], /The answer must be a number/], [...backspaces, ...'2.5'], /Answer 2\.5 and/, /2\.5/],
  ['text', undefined, [...'hello', 'space', ...'there'], /Answer "hello there" and/, /'hello there'/],
  ['literal', [[], /must not be empty \(red or green\)/], ['left'], /Answer "green" and/, /green/],
  ['enum', [[], /must not be empty \(small or large\)/], ['right', 'right'], /Answer "large" and/, /large|LARGE/],
  ['optional', [['x'], /The answer must be a whole number, may be empty/], [...backspaces], /Answer null and/, /None/],
  ['list', [[...'[1, "a"]'], /must be a whole number/], [...backspaces, ...'[1,2]'], /Answer \[1,2\] and/, /\[1, 2\]/],
  [
    'record',
    [[...'{"a":"b"}'], /must be a whole number/],
    [...backspaces, ...'{"a":1}'],
    /Answer \{"a":1\} and/,
    /\{'a': 1\}/,
  ],
  [
    'model',
    [['right', 'tab', 'backspace', ...'11', 'enter'], /replicas must be at most 10/],
    ['backspace', 'backspace', '4', 'tab'],
    /Answer \{"target":"staging","replicas":4,"note":null\} and/,
    /target='staging', replicas=4, note=None/,
  ],
];

describe.runIf(isAtLeast(95))(`the questions of runs, on ZenML ${zenmlVersion}`, () => {
  let server: ZenmlServer;
  const open = setUpServer(started => {
    server = started;
  });

  const resolve = (question: string, json: object) =>
    call(server, 'PUT', `run_wait_conditions/${question}/resolve`, json);

  test('an answer of each type is entered in a form, checked, confirmed and accepted', async () => {
    const {id, child, done} = await server.startRun('questions.py');
    const terminal = open(id);
    const {waitFor} = terminal;
    // The first question takes no value, and is answered elsewhere while the user confirms.
    await waitFor(/waiting for input: What nothing\?/);
    press(terminal, 'a');
    await waitFor(/Continue questions_pipeline #\d+\?/);
    assert.equal((await resolve((await waitForQuestion(server, id)).id, {resolution: 'continue'})).status, 200);
    press(terminal, 'y');
    await waitFor(/already been resolved\. It was resolved with continue\./);
    for (const [name, wrong, keys, confirmation] of answerCases) {
      await waitFor(new RegExp(`waiting for input: What ${name}\\?`));
      press(terminal, 'a');
      await waitFor(new RegExp(`What ${name}\\?[\\s\\S]*> `));
      if (wrong !== undefined) {
        press(terminal, ...wrong[0], 'enter');
        await waitFor(wrong[1]);
      }

      press(terminal, ...keys, 'enter');
      await waitFor(confirmation);
      press(terminal, 'y');
      await waitFor(/answered; the run continues/);
    }

    await waitFor(/^ *✓ completed/m);
    press(terminal, 'a');
    await waitFor(/the run is not waiting for an answer|the question has been answered/);
    press(terminal, 'x');
    await waitFor(/the run is over \(completed\)/);
    const {output} = await done;
    assert.equal(child.exitCode, 0, output);
    for (const [name, , , , value] of answerCases) {
      assert.match(new RegExp(`answer ${name} .*`).exec(output)?.[0] ?? '', value);
    }
  });

  test('x aborts a question after the user has typed “abort”, and the run is stopped at once', async () => {
    const {id, done} = await server.startRun('approval.py');
    const terminal = open(id);
    const {waitFor} = terminal;
    await waitFor(/waiting for input: Release to production\?/);
    press(terminal, 'X');
    await waitFor(/the run is waiting for an answer: x aborts the question/);
    press(terminal, 'x');
    await waitFor(/Abort the question and stop approval_pipeline #\d+\?[\s\S]*--resolution abort[\s\S]*Type abort/);
    press(terminal, ...'abor', 'enter');
    await waitFor(lines => !lines.some(line => line.includes('Type abort')));
    assert.equal((await getRunBody(server, id)).status, 'running');
    press(terminal, 'x', ...'abort', 'enter');
    await waitFor(/aborted the question/);
    await waitFor(/^ *⊡ stopped[\s\S]*Wait condition was aborted/m);
    await done;
  });

  test('a stop is lost when the question times out; x still aborts the paused run', async () => {
    const {id, done} = await server.startRun('approval.py', ['--timeout', '6']);
    await waitForQuestion(server, id);
    assert.equal((await call(server, 'POST', `runs/${id}/stop?graceful=true`)).status, 200);
    const terminal = open(id);
    const {waitFor} = terminal;
    await waitFor(/paused/);
    await done;
    assert.equal((await getRunBody(server, id)).status_reason, 'Waiting for input.');
    press(terminal, 'x');
    await waitFor(/Type abort/);
    press(terminal, ...'abort', 'enter');
    await waitFor(/^ *⊡ stopped[\s\S]*Wait condition was aborted/m);
  });

  test('a question whose process was killed: the screen says so once its lease has run out, and the command in the menu resumes the run', async () => {
    const {id, child, done} = await server.startRun('approval.py');
    const terminal = open(id);
    const {waitFor} = terminal;
    await waitFor(/waiting for input: Release to production\?/);
    press(terminal, 'i');
    await waitFor(/its process polled \d+s? ago/);
    child.kill('SIGKILL');
    await done;
    await waitFor(/no process has polled for the answer for \d+s/);
    press(terminal, 'a', 'right', 'enter');
    await waitFor(/no process polls for the answer: the run is paused until it is resumed/);
    press(terminal, 'y');
    await waitFor(/paused[\s\S]*Waiting for manual resume/);
    const command = await copyWith(terminal, await findInMenu(terminal, 'resume'));
    const {code, output, errors} = await runInShell(server, command);
    assert.equal(code, 0, output + errors);
    await waitFor(/^ *✓ completed/m);
  });

  test('zentop answer checks and sends an answer, and zentop stop aborts the question', async () => {
    const first = await server.startRun('approval.py');
    await waitForQuestion(server, first.id);
    assert.equal((await run(server, ['answer', first.id, 'maybe', '--yes'])).code, 2);
    assert.equal((await run(server, ['answer', first.id, 'yes', '--yes'])).code, 0);
    await waitForRun(server, first.id, ({status}) => status === 'completed');
    const lateAnswer = await run(server, ['answer', first.id, 'yes', '--yes']);
    assert.equal(lateAnswer.code, 1);
    assert.match(lateAnswer.errors, /has no pending question/);
    await first.done;

    const second = await server.startRun('approval.py');
    await waitForQuestion(server, second.id);
    const {code, output} = await run(server, ['stop', second.id, '--yes']);
    assert.deepEqual({code, output}, {code: 0, output: 'Aborted the question; the run is stopped.\n'});
    await second.done;
  });
});
