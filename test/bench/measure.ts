import {execFileSync} from 'node:child_process';
import {readFileSync} from 'node:fs';
import {setTimeout as sleep} from 'node:timers/promises';
import {type ScreenCondition, startTerminal, type Terminal} from '../support/pty.js';
import {computeQuantile} from '../support/quantile.js';

/** A program to measure, and what its screen shows once it is ready. */
export type Program = {readonly command: string; readonly args: readonly string[]; readonly shows: ScreenCondition};

/** zentop as built in a checkout, by default in this one. */
export const createZentopProgram = (
  args: readonly string[],
  shows: ScreenCondition,
  {node = process.execPath, checkout = '.'}: {readonly node?: string; readonly checkout?: string} = {},
): Program => ({command: node, args: [`${checkout}/bin/zentop.js`, ...args], shows});

export const start = ({command, args}: Program, size = {cols: 120, rows: 40}): Terminal =>
  startTerminal({command, args, ...size, env: {NODE_ENV: undefined}});

/** Milliseconds from the start of a program until its screen shows its content; the median of five starts. */
export const measureStartMs = async (program: Program): Promise<number> => {
  const times: number[] = [];
  for (let index = 0; index < 5; index++) {
    const from = performance.now();
    const terminal = start(program);
    await terminal.waitFor(program.shows, {timeoutMs: 60_000});
    times.push(performance.now() - from);
    terminal.kill();
    await terminal.exit;
  }

  return computeQuantile(times, 0.5);
};

/** Milliseconds that Node.js itself takes to start and exit, as a baseline for this machine; the median of seven starts. */
export const measureNodeMs = (): number => {
  const times = Array.from({length: 7}, () => {
    const from = performance.now();
    execFileSync(process.execPath, ['-e', '0']);
    return performance.now() - from;
  });
  return computeQuantile(times, 0.5);
};

export type KeyCost = {readonly p50Ms: number; readonly p95Ms: number; readonly bytes: number};

/**
 * What a key costs: the time until the last byte of its output, and the number of these bytes. The keys are pressed in turn,
 * `count` presses in all, the first 20 of which are a warm-up.
 */
export const measureKeyCost = async (terminal: Terminal, keys: readonly string[], count = 120): Promise<KeyCost> => {
  const presses = await pressKeys(terminal, keys, count);
  return summarizeKeys(presses.slice(20));
};

type KeyPress = {readonly ms: number; readonly bytes: number};

/** Presses the keys in turn. Returns, for each press, the milliseconds until the last byte of its output and the number of bytes. */
export const pressKeys = async (
  terminal: Terminal,
  keys: readonly string[],
  count: number,
): Promise<readonly KeyPress[]> => {
  const presses: KeyPress[] = [];
  for (let index = 0; index < count; index++) {
    const before = terminal.rawBytes().length;
    const from = performance.now();
    terminal.type(keys[index % keys.length] ?? '');
    const until = await terminal.settle({quietMs: 40});
    presses.push({ms: until - from, bytes: terminal.rawBytes().length - before});
  }

  return presses;
};

/** The medians, and the 95th percentile of the time, over the presses that drew something. */
export const summarizeKeys = (presses: readonly KeyPress[]): KeyCost => {
  const drawn = presses.filter(({bytes}) => bytes > 0);
  const times = drawn.map(({ms}) => ms);
  return {
    p50Ms: computeQuantile(times, 0.5),
    p95Ms: computeQuantile(times, 0.95),
    bytes: computeQuantile(
      drawn.map(({bytes}) => bytes),
      0.5,
    ),
  };
};

/** Linux reports processor time in these units (USER_HZ). */
const ticksPerSecond = 100;

/** The processor time that a process has used, in milliseconds; exact to 10 ms. */
export const readCpuMs = (pid: number): number => (readCpuTicks(pid) / ticksPerSecond) * 1000;

const readCpuTicks = (pid: number): number => {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return Number(fields[11]) + Number(fields[12]);
};

const pageBytes = 4096;

/** The memory of a process, in megabytes. */
export const readRssMegabytes = (pid: number): number => {
  const pages = Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1]);
  return (pages * pageBytes) / 1_000_000;
};

export type Load = {readonly cpuPercent: number; readonly rssMb: number; readonly bytes: number};

/** What a program uses in the given number of seconds: share of one core, memory at the end, bytes written to the terminal. */
export const measureLoad = async (terminal: Terminal, seconds: number): Promise<Load> => {
  const [ticks, bytes] = [readCpuTicks(terminal.pid), terminal.rawBytes().length];
  await sleep(seconds * 1000);
  return {
    cpuPercent: ((readCpuTicks(terminal.pid) - ticks) / ticksPerSecond / seconds) * 100,
    rssMb: readRssMegabytes(terminal.pid),
    bytes: terminal.rawBytes().length - bytes,
  };
};

/** Whether a program is installed. */
export const isInstalled = (name: string): boolean => {
  try {
    execFileSync('which', [name], {stdio: 'ignore'});
    return true;
  } catch {
    return false;
  }
};

export const round = (value: number, digits = 1): number => Number(value.toFixed(digits));
