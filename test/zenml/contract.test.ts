import assert from 'node:assert/strict';
import {writeFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {setTimeout as pause} from 'node:timers/promises';
import {fileURLToPath} from 'node:url';
import {afterAll, beforeAll, describe, test} from 'vitest';
import {parseRunId} from '../../src/domain/ids.js';
import {formatInterventionCommand, listRunCommands} from '../../src/domain/intervention/zenml-command.js';
import {call, getRunBody, listSteps, waitForQuestion, waitForRun, waitForStep} from './support/call.js';
import {type Ended, runToEnd} from './support/child.js';
import {run} from './support/program.js';
import {startZenmlServer, type ZenmlServer} from './support/server.js';
import {isAtLeast, zenmlVersion} from './support/version.js';

const pipelines = fileURLToPath(new URL('pipelines', import.meta.url));

/** What zentop relies on when it changes a run, call by call, so that a new release can be checked. */
describe.runIf(isAtLeast(95))(`what ZenML ${zenmlVersion} does when a run is changed`, () => {
  let server: ZenmlServer;
  beforeAll(async () => {
    server = await startZenmlServer({version: zenmlVersion, auth: 'none'});
  }, 900_000);
  afterAll(() => server?.stop());

  const stop = (id: string, isGraceful: boolean) => call(server, 'POST', `runs/${id}/stop?graceful=${isGraceful}`);
  const resolve = (question: string, json: unknown) =>
    call(server, 'PUT', `run_wait_conditions/${question}/resolve`, json);
  const start = async (file: string, ...args: readonly string[]) => server.startRun(file, args);
  const isOver = ({in_progress}: {readonly in_progress?: boolean}) => in_progress === false;

  /** A command of the menu, run by a shell where the code of the pipelines is. */
  const runCommand = (command: string): Promise<Ended> =>
    runToEnd('sh', ['-c', command], {
      cwd: pipelines,
      env: {...server.clientEnv, PATH: `${dirname(server.python)}:${process.env['PATH']}`},
    }).done;

  type Row = {
    readonly situation: string;
    readonly file: readonly [file: string, ...args: string[]];
    readonly until: (id: string) => Promise<unknown>;
    readonly calls: readonly (readonly [isGraceful: boolean, status: number, words: RegExp])[];
    readonly end: string;
  };

  const rows: readonly Row[] = [
    {
      situation: 'a running run, gracefully and again',
      file: ['slow.py', '--steps', '4', '--seconds', '3'],
      until: id => waitForStep(server, id),
      calls: [
        [true, 200, /null/],
        [true, 403, /Run is already being stopped\./],
        [false, 403, /Run is already being stopped\./],
      ],
      end: 'stopped',
    },
    {
      situation: 'a running run, by force: a local orchestrator cannot, and it stops all the same',
      file: ['slow.py', '--steps', '4', '--seconds', '3'],
      until: id => waitForStep(server, id),
      calls: [
        [false, 501, /NotImplementedError.*LocalOrchestrator/],
        [true, 403, /Run is already being stopped\./],
      ],
      end: 'stopped',
    },
    {
      situation: 'a dynamic run, gracefully',
      file: ['dynamic.py', '--items', '4', '--seconds', '4'],
      until: id => waitForStep(server, id),
      calls: [[true, 200, /null/]],
      end: 'stopped',
    },
    {
      situation: 'a completed run',
      file: ['slow.py', '--steps', '1', '--seconds', '0'],
      until: id => waitForRun(server, id, isOver),
      calls: [[true, 403, /Cannot stop a run that is already completed\./]],
      end: 'completed',
    },
    {
      situation: 'a failed run',
      file: ['failure.py', '--seconds', '0'],
      until: id => waitForRun(server, id, isOver),
      calls: [
        [true, 403, /Cannot update the status of a finished run\./],
        [false, 403, /Cannot update the status of a finished run\./],
      ],
      end: 'failed',
    },
  ];

  test.each(rows)('stop: $situation', async ({file: [file, ...args], until, calls, end}) => {
    const {id, done} = await start(file, ...args);
    await until(id);
    for (const [isGraceful, status, words] of calls) {
      const answer = await stop(id, isGraceful);
      assert.equal(answer.status, status, answer.words);
      assert.match(answer.words, words);
    }

    const {status} = await waitForRun(server, id, isOver);
    assert.equal(status, end);
    await done;
    if (end === 'stopped') {
      assert.match((await stop(id, true)).words, /Run is already stopped\./);
      const steps = await listSteps(server, id);
      assert.ok(
        steps.every(({body}) => ['completed', 'stopped', 'cached'].includes(body.status)),
        JSON.stringify(steps),
      );
    }
  });

  test('a stop is lost while the run waits for an answer; aborting the question stops it, also when it is paused', async () => {
    const {id, done} = await start('approval.py', '--timeout', '6');
    const question = await waitForQuestion(server, id);
    assert.equal((await stop(id, true)).status, 200);
    assert.equal((await getRunBody(server, id)).status, 'stopping');
    const paused = await waitForRun(server, id, ({status}) => status === 'paused');
    assert.equal(paused.status_reason, 'Waiting for input.');
    await done;
    assert.equal((await stop(id, true)).status, 200);
    assert.equal((await getRunBody(server, id)).status, 'stopping');
    assert.equal((await resolve(question.id, {resolution: 'abort'})).status, 200);
    const stopped = await waitForRun(server, id, isOver);
    assert.deepEqual([stopped.status, stopped.status_reason], ['stopped', 'Wait condition was aborted.']);
    const again = await resolve(question.id, {resolution: 'abort'});
    assert.equal(again.status, 403);
    assert.match(again.words, /Wait condition has already been resolved\./);
  });

  test('a run whose process was killed stays stopping until the command of the menu ends it', async () => {
    const {id, child, done} = await start('slow.py', '--steps', '4', '--seconds', '60');
    await waitForStep(server, id);
    child.kill('SIGKILL');
    await done;
    assert.equal((await stop(id, true)).status, 200);
    await pause(3000);
    assert.equal((await getRunBody(server, id)).status, 'stopping');
    const unfinished = (await listSteps(server, id)).filter(({body}) => !/completed|stopped/.test(body.status));
    const commands = listRunCommands(
      {id: parseRunId(id), status: 'stopping', isDynamic: false},
      unfinished.map(step => step.id),
      undefined,
    );
    const script = join(server.newFolder('scripts'), 'end.py');
    writeFileSync(script, commands.find(({what}) => what === 'end a dead run')?.text ?? '');
    const {code, errors} = await runCommand(`python ${script}`);
    assert.equal(code, 0, errors);
    assert.equal((await waitForRun(server, id, isOver)).status, 'stopped');
  });

  test('a parent is stopped without its child runs', async () => {
    const {id, done} = await start('dynamic.py', '--items', '1', '--seconds', '6', '--nested');
    const children = async () =>
      (await call(server, 'GET', `runs?parent_run_id=${id}`)).body['items'] as {id: string; body: {status: string}}[];
    while ((await children()).length === 0) {
      await pause(200);
    }

    assert.equal((await stop(id, true)).status, 200);
    const [child] = await children();
    assert.notEqual(child?.body.status, 'stopping');
    // It has nothing left to do when the child run, its last step, is over.
    assert.match((await waitForRun(server, id, isOver)).status, /^(?:stopped|completed)$/);
    await done;
    assert.equal((await getRunBody(server, child?.id ?? '')).status, 'completed');
  });

  test('refresh: a local orchestrator cannot', async () => {
    const {id, done} = await start('slow.py', '--steps', '1', '--seconds', '0');
    await done;
    const answer = await call(server, 'POST', `runs/${id}/refresh?include_steps=true`);
    assert.equal(answer.status, 501);
    assert.match(answer.words, /LocalOrchestrator/);
  });

  test('an answer of each type is checked by zentop answer, and accepted by the server', async () => {
    const {id, child, done} = await start('questions.py');
    const answers: readonly (readonly [
      name: string,
      wrong: string | undefined,
      right: string | undefined,
      value: RegExp,
    ])[] = [
      ['nothing', 'true', undefined, /None/],
      ['boolean', 'maybe', 'yes', /True/],
      ['integer', '1.5', '3', /3/],
      ['number', 'many', '2.5', /2\.5/],
      ['text', undefined, 'hello there', /'hello there'/],
      ['literal', 'blue', 'green', /green/],
      ['enum', 'medium', 'large', /large|LARGE/],
      ['optional', 'x', '', /None/],
      ['list', '[1, "a"]', '[1, 2]', /\[1, 2\]/],
      ['record', '{"a": "b"}', '{"a": 1}', /\{'a': 1\}/],
      ['model', '{"target": "moon"}', '{"target": "prod", "replicas": 4}', /target='prod', replicas=4/],
    ];
    for (const [name, wrong, right] of answers) {
      let question = await waitForQuestion(server, id);
      while (question.name !== name) {
        question = await waitForQuestion(server, id);
        await pause(200);
      }

      if (wrong !== undefined) {
        const refused = await run(server, ['answer', id, wrong, '--yes']);
        assert.equal(refused.code, 2, `${name}: ${refused.output}${refused.errors}`);
      }

      const accepted = await run(server, ['answer', id, ...(right === undefined ? [] : [right]), '--yes']);
      assert.equal(accepted.code, 0, `${name}: ${accepted.errors}`);
    }

    const {output} = await done;
    assert.equal(child.exitCode, 0, output);
    for (const [name, , , value] of answers) {
      assert.match(
        /answer (\w+) .*/g[Symbol.match](output)?.find(line => line.startsWith(`answer ${name} `)) ?? '',
        value,
      );
    }

    assert.equal((await getRunBody(server, id)).status, 'completed');
  });

  test('a question refuses words, values and answers that do not fit', async () => {
    const {id, done} = await start('approval.py');
    const question = await waitForQuestion(server, id);
    assert.equal((await resolve(question.id, {resolution: 'perhaps'})).status, 422);
    const unfit = await resolve(question.id, {resolution: 'continue', result: 'yes'});
    assert.equal(unfit.status, 400);
    assert.match(unfit.words, /does not match expected schema/);
    assert.equal((await resolve(question.id, {resolution: 'continue', result: true})).status, 200);
    await done;
    assert.equal((await getRunBody(server, id)).status, 'completed');
  });

  test('tags are added and removed, by a request and by the command shown', async () => {
    const {id, done} = await start('slow.py', '--steps', '1', '--seconds', '0');
    await done;
    const tagsOf = async () => {
      const {resources} = (await call(server, 'GET', `runs/${id}`)).body as {resources: {tags: {name: string}[]}};
      return resources.tags.map(({name}) => name).sort();
    };
    assert.equal((await call(server, 'PUT', `runs/${id}`, {add_tags: ['nightly', 'gpu']})).status, 200);
    assert.deepEqual(await tagsOf(), ['gpu', 'nightly']);
    assert.equal((await call(server, 'PUT', `runs/${id}`, {remove_tags: ['gpu', 'never']})).status, 200);
    assert.deepEqual(await tagsOf(), ['nightly']);
    const runId = parseRunId(id);
    const {code, errors} = await runCommand(
      formatInterventionCommand({kind: 'tag', runId, add: ["it's"], remove: ['nightly']}),
    );
    assert.equal(code, 0, errors);
    assert.deepEqual(await tagsOf(), ["it's"]);
  });

  test('the command to resume continues a paused run that was answered', async () => {
    const {id, done} = await start('approval.py', '--timeout', '3');
    await waitForRun(server, id, ({status}) => status === 'paused');
    await done;
    const answered = await run(server, ['answer', id, 'yes', '--yes']);
    assert.equal(answered.code, 0, answered.errors);
    const paused = await getRunBody(server, id);
    assert.deepEqual([paused.status, paused.status_reason], ['paused', 'Waiting for manual resume.']);
    const [command] = listRunCommands({id: parseRunId(id), status: 'paused', isDynamic: true}, [], undefined);
    const {code, output, errors} = await runCommand(command?.text ?? '');
    assert.equal(code, 0, output + errors);
    assert.equal((await waitForRun(server, id, isOver)).status, 'completed');
  });

  /** A failed dynamic run, and the command of the menu that starts with these words. */
  const failDynamically = async () => {
    const {id, done} = await start('dynamic.py', '--items', '2', '--seconds', '0', '--fail', '1');
    await done;
    assert.equal((await waitForRun(server, id, isOver)).status, 'failed');
    const pipeline = {id: 'pipeline' as never, name: 'dynamic_pipeline'};
    const failed = {id: parseRunId(id), status: 'failed', isDynamic: true, pipeline} as const;
    const commands = listRunCommands(failed, [], undefined);
    return {id, find: (words: string) => commands.find(({what}) => what.startsWith(words))?.text ?? ''};
  };

  test('the command to retry a failed dynamic run', async () => {
    const {id, find} = await failDynamically();
    const retried = await runCommand(find('retry'));
    // A step whose attempts are used up is not run again, so the run fails again.
    assert.match(retried.output + retried.errors, /Failed to retry pipeline run: Step `map:work:1` failed\./);
    assert.equal((await waitForRun(server, id, isOver)).status, 'failed');
  });

  test('the command that stops a run, as it is shown', async () => {
    const {id, done} = await start('slow.py', '--steps', '4', '--seconds', '3');
    await waitForStep(server, id);
    const command = formatInterventionCommand({kind: 'stop', runId: parseRunId(id), isForced: false});
    const {code, output, errors} = await runCommand(`${command} -y`);
    assert.equal(code, 0, output + errors);
    assert.equal((await waitForRun(server, id, isOver)).status, 'stopped');
    await done;
  });
});
