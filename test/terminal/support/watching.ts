import {mkdtempSync} from 'node:fs';
import {tmpdir} from 'node:os';
import type {IBufferCell} from '@xterm/headless';
import {afterEach, beforeAll} from 'vitest';
import {startTerminal, type Terminal} from '../../support/pty.js';
import {buildAs} from './build.js';

export type ScreenSize = readonly [cols: number, rows: number];

/** Builds `watcher.tsx`; returns its path. */
export const buildWatcher = (name: string): Promise<string> =>
  buildAs(`watcher-${name}`, 'test/terminal/support/watcher.tsx');

/** Creates a temporary folder, which `guard-loopback.ts` removes after all tests. */
export const createFolder = (): string => mkdtempSync(`${process.env['TEST_FOLDER'] ?? tmpdir()}/zentop-`);

/** Starts the watcher and waits until it has drawn itself. */
export const startWatcher = async (
  program: string,
  [cols, rows]: ScreenSize,
  env: Readonly<Record<string, string>> = {},
): Promise<Terminal> => {
  const terminal = startTerminal({command: process.execPath, args: [program], cols, rows, env});
  await terminal.waitFor('q quit');
  return terminal;
};

/**
 * Builds the watcher for a test file, under a name of its own. Returns functions that start it; what they started is
 * killed after each test.
 */
export const prepareWatcher = (name: string) => {
  let program: string;
  const openTerminals: Terminal[] = [];
  beforeAll(async () => {
    program = await buildWatcher(name);
  });
  afterEach(() => {
    for (const terminal of openTerminals.splice(0)) {
      terminal.kill();
    }
  });

  const start = async (size: ScreenSize, env?: Readonly<Record<string, string>>): Promise<Terminal> => {
    const terminal = await startWatcher(program, size, env);
    openTerminals.push(terminal);
    return terminal;
  };

  return {
    /** Returns once the watcher has drawn something; for one that never stops drawing. */
    start,
    /** Returns once a whole frame is on the screen. */
    startAndSettle: async (...options: Parameters<typeof start>): Promise<Terminal> => {
      const terminal = await start(...options);
      await terminal.settle();
      return terminal;
    },
  };
};

/** Resizes the terminal and waits until the watcher has drawn a whole frame at the new size. */
export const resizeTo = async (terminal: Terminal, [cols, rows]: ScreenSize): Promise<void> => {
  terminal.resize(cols, rows);
  await terminal.waitFor(`watcher ${cols}x${rows}`);
  await terminal.settle();
};

/** Starts a shell without the user's settings. */
export const startShell = async ([cols, rows]: ScreenSize, env: Readonly<Record<string, string>> = {}) => {
  const terminal = startTerminal({
    command: 'bash',
    args: ['--norc', '--noprofile', '-i'],
    cols,
    rows,
    env: {PS1: 'shell$ ', HISTFILE: '/dev/null', ...env},
  });
  await terminal.waitFor('shell$');
  return terminal;
};

const describeCell = (cell: IBufferCell): string =>
  [
    cell.getChars() || ' ',
    cell.getWidth(),
    cell.getFgColorMode(),
    cell.getFgColor(),
    cell.getBgColorMode(),
    cell.getBgColor(),
    cell.isBold(),
    cell.isDim(),
    cell.isInverse(),
    cell.isUnderline(),
  ].join(',');

/** Everything that is visible of each cell of the screen. */
export const getCells = ({model, cell}: Pick<Terminal, 'model' | 'cell'>): string[][] =>
  Array.from({length: model.rows}, (_, y) =>
    Array.from({length: model.cols}, (_cell, x) => {
      const found = cell(x, y);
      return found ? describeCell(found) : '';
    }),
  );

/** The first difference in each row of two screens; empty if they are the same. */
export const findDifferences = (actual: readonly string[][], expected: readonly string[][]): string[] => {
  const sizes = [actual, expected].map(rows => `${rows[0]?.length}x${rows.length}`);
  if (sizes[0] !== sizes[1]) {
    return [`${sizes[0]} is not ${sizes[1]}`];
  }
  return expected.flatMap((row, y) => {
    const x = row.findIndex((cell, index) => actual[y]?.[index] !== cell);
    return x === -1 ? [] : [`row ${y} column ${x}: ${actual[y]?.[x]} is not ${row[x]}`];
  });
};

/** How many times a sequence has been written. */
export const countSequence = (terminal: Pick<Terminal, 'rawBytes'>, sequence: string): number =>
  terminal.rawBytes().toString('utf8').split(sequence).length - 1;
