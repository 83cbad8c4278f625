import assert from 'node:assert/strict';
import {afterAll, beforeAll, describe, test} from 'vitest';
import type {Terminal} from '../support/pty.js';
import {watch} from './support/program.js';
import {startZenmlServer, type ZenmlServer} from './support/server.js';
import {isAtLeast, zenmlVersion} from './support/version.js';
import {createEndPattern} from './support/watched-run.js';

/** Few by default, because a local server is slow at starting items. */
const itemCount = Number(process.env['ZENTOP_MAP_ITEMS'] ?? 60);

type Frame = {
  readonly rows: readonly string[];
  readonly selected: string | undefined;
  /** The line of the selected row on the screen, counted from 0. */
  readonly line: number;
  /** The numbers of finished and of known items, as shown in the row of the map. */
  readonly counts: readonly number[];
};

/** What the list on the screen shows: the names of its rows, the cursor, and the progress of the map. */
const readFrame = (terminal: Terminal): Frame => {
  const lines = terminal.screen().map(line => line.split('│')[0] ?? '');
  const matches = lines.map(line => /^ [› ] \S (?:[▸▾] )? *([\w:]+)(?: \[(?:(\d+)\/)?(\d+)\])? /u.exec(line));
  const line = lines.findIndex(each => each.startsWith(' › '));
  const map = matches.find(match => match?.[1] === 'work');
  return {
    rows: matches.flatMap(match => match?.[1] ?? []),
    selected: matches[line]?.[1],
    line,
    counts: map?.[3] === undefined ? [] : [Number(map[2] ?? map[3]), Number(map[3])],
  };
};

/** Every complete frame from now on that differs from the previous one. */
const collectFrames = (terminal: Terminal): readonly Frame[] => {
  const frames = [readFrame(terminal)];
  terminal.model.onWriteParsed(() => {
    const frame = readFrame(terminal);
    if (!terminal.model.modes.synchronizedOutputMode && JSON.stringify(frame) !== JSON.stringify(frames.at(-1))) {
      frames.push(frame);
    }
  });
  return frames;
};

/** Fails if two rows swap places, or if a row disappears that was not among the last on the screen. */
const assertRowsOnlyAppear = (frames: readonly Frame[]) => {
  for (const [index, {rows}] of frames.entries()) {
    const previous = frames[index - 1]?.rows ?? [];
    assert.deepEqual(
      rows.filter(row => previous.includes(row)),
      previous.slice(0, rows.length),
      JSON.stringify(frames.slice(Math.max(0, index - 2), index + 1)),
    );
  }
};

const assertNeverDecreases = (values: readonly number[]) => {
  assert.deepEqual(
    values,
    [...values].sort((one, other) => one - other),
  );
};

describe.runIf(isAtLeast(94))(`a live map of ${itemCount} items on ZenML ${zenmlVersion}`, () => {
  let server: ZenmlServer;
  beforeAll(async () => {
    server = await startZenmlServer({version: zenmlVersion, auth: 'none'});
  }, 900_000);
  afterAll(() => server?.stop());

  test(
    'keeps its row selected and in place while its items start, and its counts never decrease',
    async () => {
      const {id, done} = await server.startRun('dynamic.py', [
        '--items',
        String(itemCount),
        '--seconds',
        '0.01',
        '--no-gather',
      ]);
      const collapsed = watch(server, [id]);
      const expanded = watch(server, [id]);
      try {
        for (const terminal of [collapsed, expanded]) {
          await terminal.waitFor(() => readFrame(terminal).rows.some(row => row.includes('work')));
          terminal.type('gj');
          await terminal.waitFor(() => readFrame(terminal).selected?.includes('work') === true);
        }
        const framesOfCollapsed = collectFrames(collapsed);

        // In the other terminal the map is expanded, with the cursor on one of its items.
        await expanded.waitFor(() => readFrame(expanded).selected === 'work');
        expanded.type(' ');
        await expanded.waitFor(() => readFrame(expanded).rows.includes('map:work:2'));
        expanded.type('jjj');
        await expanded.waitFor(() => readFrame(expanded).selected === 'map:work:2');
        const framesOfExpanded = collectFrames(expanded);

        await collapsed.waitFor(createEndPattern('completed'));
        await expanded.waitFor(createEndPattern('completed'));
        await done;

        assertRowsOnlyAppear(framesOfCollapsed);
        assert.deepEqual(
          new Set(framesOfCollapsed.map(({selected}) => selected?.replace(/^map:work:\d+$/, 'work'))),
          new Set(['work']),
        );
        assert.equal(new Set(framesOfCollapsed.map(({line}) => line)).size, 1);
        assert.equal(new Set(framesOfExpanded.map(({selected, line}) => `${selected} ${line}`)).size, 1);
        for (const frames of [framesOfCollapsed, framesOfExpanded]) {
          assertNeverDecreases(frames.flatMap(({counts}) => counts[0] ?? []));
          assertNeverDecreases(frames.flatMap(({counts}) => counts[1] ?? []));
        }
      } finally {
        collapsed.kill('SIGKILL');
        expanded.kill('SIGKILL');
      }
    },
    30_000 * itemCount,
  );
});
