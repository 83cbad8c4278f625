import assert from 'node:assert/strict';
import {afterAll, afterEach, beforeAll, describe, test} from 'vitest';
import {getKeyBytes} from '../support/key-bytes.js';
import type {Terminal} from '../support/pty.js';
import {watch} from './support/program.js';
import {startZenmlServer, type ZenmlServer} from './support/server.js';
import {isAtLeast, zenmlVersion} from './support/version.js';
import {createEndPattern} from './support/watched-run.js';

type CacheRun = {
  readonly what: string;
  readonly args: readonly string[];
  /** Why steps ran; all others must have come from the cache. */
  readonly ran: Readonly<Record<string, RegExp>>;
  /**
   * Why a step ran, if it did: versions of ZenML that hash the contents of artifacts serve it from the cache if its inputs have the
   * same contents as before; others run it.
   */
  readonly mayRun?: Readonly<Record<string, RegExp>>;
};

const noRecentRun = /because no recent run completed this step/;
const createInputPattern = (reason: string) =>
  new RegExp(`because an input changed.*scaled scaled:\\d+ → scaled:\\d+, because scale ran again \\(${reason}\\)`);

/** What was changed from run to run, and therefore what the Cache tab must say about each step. */
const runs: readonly CacheRun[] = [
  {
    what: 'the first',
    args: [],
    ran: {source: noRecentRun, scale: noRecentRun, summarize: noRecentRun, untouched: noRecentRun},
  },
  {what: 'nothing changed', args: [], ran: {}},
  {
    what: 'another parameter',
    args: ['--factor', '0.5'],
    ran: {
      scale: /because a parameter changed.*parameter factor 2\.0 → 0\.5 .*compared #?\S+/,
      summarize: createInputPattern('factor 2\\.0 → 0\\.5'),
    },
  },
  {
    what: 'changed code of one step, and therefore a changed input of the next',
    args: ['--factor', '0.5', '--code'],
    ran: {
      scale: /because its code changed.*step code changed: \d+ lines added, \d+ removed.*scaled\.append/,
      summarize: createInputPattern('its code changed'),
    },
  },
  {
    what: 'a parameter that was used before',
    args: ['--factor', '2'],
    ran: {},
  },
  {
    what: 'caching off',
    args: ['--factor', '2', '--off'],
    ran: {scale: /because caching is off, set by the step \(enable_cache=False\)/},
    mayRun: {summarize: createInputPattern('caching is off for it')},
  },
  ...(isAtLeast(92)
    ? [
        {
          what: 'outputs that expire at once',
          args: ['--factor', '3', '--expires', '1'],
          ran: {
            scale: /because a parameter changed.*factor 2\.0 → 3\.0 /,
            summarize: createInputPattern('factor 2\\.0 → 3\\.0'),
          },
        },
        {
          what: 'outputs that have expired',
          args: ['--factor', '3', '--expires', '1'],
          ran: {scale: /because the cached result expired \d.* ago.*same key .*completed.*expired/},
        },
        {
          what: 'a cache function',
          args: ['--factor', '3', '--token', 'a'],
          ran: {scale: /because its cache policy changed.*policy cache function none → \S*\.token /},
        },
        {
          what: 'another result of the cache function',
          args: ['--factor', '3', '--token', 'b'],
          ran: {
            scale: /Its cache key changed, but nothing visible did\..*the result of its cache function\./,
          },
        },
        {
          what: 'an environment variable',
          args: ['--factor', '3', '--token', 'b', '--environment', 'fast'],
          ran: {scale: /because its environment changed.*env SCALE_MODE added/},
        },
      ]
    : []),
];

const names = ['source', 'scale', 'summarize', 'untouched'];

describe(`why steps were not served from the cache, on ZenML ${zenmlVersion}`, () => {
  let server: ZenmlServer;
  let terminal: Terminal | undefined;
  const ids: string[] = [];

  beforeAll(async () => {
    server = await startZenmlServer({version: zenmlVersion, auth: 'none'});
    for (const {args} of runs) {
      const {id, done} = await server.startRun('cache_reasons.py', args);
      await done;
      ids.push(id);
    }
  }, 900_000);
  afterAll(() => server?.stop());
  afterEach(() => terminal?.kill('SIGKILL'));

  test.each(runs.map((run, index) => [index + 1, run.what, run] as const))(
    'run %i, %s: each step says why',
    async (number, _, run) => {
      const id = ids[number - 1];
      assert.ok(id);
      const truth = await server.readTruth(id);
      const reused = truth.steps.filter(({status}) => status === 'cached').map(({name}) => name);
      const certain = names.filter(name => run.mayRun?.[name] === undefined);
      assert.deepEqual(
        certain.filter(name => !reused.includes(name)),
        certain.filter(name => run.ran[name] !== undefined),
        'the steps that ran',
      );

      terminal = watch(server, [id]);
      await terminal.waitFor(createEndPattern('completed'));
      terminal.type(getKeyBytes('home'));
      terminal.type('5');
      const seen = new Set<string>();
      while (seen.size < names.length) {
        const findSelectedName = (lines: readonly string[]) =>
          names.find(name => lines.some(line => new RegExp(`› . ${name}\\b`).test(line)) && !seen.has(name));
        const name = findSelectedName(await terminal.waitFor(lines => findSelectedName(lines) !== undefined)) ?? '';
        seen.add(name);
        const verdict = reused.includes(name) ? /Served from the cache/ : (run.ran[name] ?? run.mayRun?.[name]);
        assert.ok(verdict, name);
        await terminal.waitFor(lines => verdict.test(getPaneText(lines)));
        terminal.type('j');
      }
    },
  );

  /** Opens a run in the program, and the details of a step in full screen, on the tab with this number. */
  const openTab = async (id: string | undefined, status: string, step: string, tab: string): Promise<Terminal> => {
    assert.ok(id);
    terminal = watch(server, [id]);
    const {type, waitFor} = terminal;
    await waitFor(createEndPattern(status));
    await waitFor(/^ . . (source|prepare) /m);
    type(getKeyBytes('home'));
    await waitFor(/^ › . (source|prepare) /m);
    for (let moves = 0; moves < 10; moves++) {
      const [selected = ''] = (await waitFor(/^ › /m)).filter(line => line.startsWith(' › '));
      if (selected.includes(` ${step} `)) {
        break;
      }

      type('j');
      await waitFor(lines => !lines.includes(selected));
    }

    type(getKeyBytes('enter'));
    await waitFor(new RegExp(`^ ${step} .*\\w`, 'm'));
    type(tab);
    return terminal;
  };

  test('from a reused step the user can go to the run where it ran, and back', async () => {
    const {type, waitFor} = await openTab(ids[1], 'completed', 'source', '5');
    await waitFor(/^›from /m);
    type(getKeyBytes('enter'));
    await waitFor(lines => noRecentRun.test(lines.join(' ')));
    type(getKeyBytes('backspace'));
    await waitFor(/Served from the cache/);
  });

  // A run is identified by its number, or by its name on servers that do not number runs (before 0.93).
  test('the Code tab shows the source and its changes since the previous run', async () => {
    const {type, waitFor} = await openTab(ids[3], 'completed', 'scale', '7');
    await waitFor(/^ +\d+ +def scale\(numbers: List\[int\], factor: float\)/m);
    type('d');
    const screen = (await waitFor(/since (?:run #\d+|\S+): \d+ lines added/)).join('\n');
    assert.match(screen, /^ - +return \[number \* factor for number in numbers\]/m);
    assert.match(screen, /^ \+ +scaled\.append\(number \* factor \+ 1\)/m);
    type('d');
    await waitFor(/^ +\d+ +return scaled/m);
  });

  test('for unchanged code the Code tab names the run that had the same code', async () => {
    const {type, waitFor} = await openTab(ids[3], 'completed', 'summarize', '7');
    type('d');
    await waitFor(/unchanged since (?:run #\d+|cache_pipeline\S+)/);
  });

  const openFailure = async () => {
    const {id, done} = await server.startRun('failure.py', ['--seconds', '0']);
    await done.catch(() => undefined);
    return openTab(id, 'failed', 'explode', '7');
  };

  // Before 0.84.1 the server stores no exception; before 0.94.1 it stores no message, and only the last exception of a chain.
  test.runIf(isAtLeast(85) && !isAtLeast(95))('the line that raised an exception is marked', async () => {
    const {waitFor} = await openFailure();
    await waitFor(/^[› ]*8 ✗ +raise ValueError\("cannot share 7 among nobody/m);
  });

  test.skipIf(!isAtLeast(95))('each exception of a chain has its line marked, with its message', async () => {
    const {waitFor} = await openFailure();
    const screen = (await waitFor(/✗ line \d+/)).join('\n');
    assert.match(screen, /^[› ]+6 ✗ +return divide\(amount, 0\)/m);
    assert.match(screen, /^ +8 ✗ +raise ValueError\("cannot share 7 among nobody/m);
    assert.match(screen, /✗ line 6: ZeroDivisionError: division by zero/);
    assert.match(screen, /✗ line 8: .*cannot share 7 among nobody/);
  });
});

/** The text of the pane, which is right of the rule, with its wrapped lines joined. */
const getPaneText = (lines: readonly string[]): string =>
  lines
    .map(line => line.split('│')[1]?.trim() ?? '')
    .join(' ')
    .replace(/ +/g, ' ');
