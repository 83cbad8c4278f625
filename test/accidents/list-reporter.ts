import type {Reporter, TestCase, TestModule} from 'vitest/node';

/** How a screen became fresh again after a fault. */
export type Recovery = {
  /** From the end of the fault on, in intervals of asking. */
  readonly intervals: number;
  /** How long the screen said it would be until the next try, when the fault ended. */
  readonly saidMs: number;
  /** Made while the fault lasted. */
  readonly requests: number;
};

/** How the changes of a run were seen while clocks differed. */
export type Sight = {
  readonly changes: number;
  /** Seen later than ten seconds after they happened, or never. */
  readonly missed: number;
  readonly p50Ms: number;
  readonly maxMs: number;
  /** A minute. */
  readonly requests: number;
  /** Of all answers until the end was known. */
  readonly kB: number;
};

declare module 'vitest' {
  interface TaskMeta {
    accident?: Recovery;
    sight?: Sight;
    /** From a fault until the screen said that it is not fresh, in milliseconds. */
    noticedMs?: number;
  }
}

const getMark = (test: TestCase): string => (test.result().state === 'passed' ? 'pass' : 'FAIL');

const getName = ({name}: TestCase): string => name.split(': what was known')[0] ?? name;

const formatRecovery = (test: TestCase): string => {
  const recovery = test.meta().accident;
  const [intervals, said, requests] =
    recovery === undefined
      ? ['–', '–', '–']
      : [recovery.intervals.toFixed(1), `${(recovery.saidMs / 1000).toFixed(1)} s`, String(recovery.requests)];
  return [getMark(test), intervals.padStart(9), said.padStart(7), requests.padStart(8), ` ${getName(test)}`].join(' ');
};

const formatSight = (test: TestCase): string => {
  const {missed = 0, p50Ms = 0, maxMs = 0, requests = 0, kB = 0} = test.meta().sight ?? {};
  const seconds = (ms: number): string => `${(ms / 1000).toFixed(2)} s`.padStart(7);
  const counts = [String(requests).padStart(8), String(kB).padStart(5)];
  return [
    getMark(test),
    String(missed).padStart(6),
    seconds(p50Ms),
    seconds(maxMs),
    ...counts,
    ` ${getName(test)}`,
  ].join(' ');
};

const formatNotice = (test: TestCase): string =>
  [getMark(test), `${((test.meta().noticedMs ?? 0) / 1000).toFixed(1)} s`.padStart(7), ` ${getName(test)}`].join(' ');

const formatErrors = (test: TestCase): readonly string[] =>
  (test.result().errors ?? []).flatMap(({message, stack}) => ['', test.fullName, message, stack ?? '']);

/** Prints one list of all accidents when all have happened: whether it went well, and how soon all was well again. */
// biome-ignore lint/style/noDefaultExport: vitest takes a reporter from there
export default class ListReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const tests = modules.flatMap(module => [...module.children.allTests()]);
    const sights = tests.filter(test => test.meta().sight !== undefined);
    const notices = tests.filter(test => test.meta().noticedMs !== undefined);
    const recoveries = tests.filter(test => !sights.includes(test) && !notices.includes(test));
    const head = 'what intervals    said requests  accident';
    const told =
      'intervals: from the end of the fault until the screen is fresh. said: until the next try, as the screen told then.';
    console.log(
      [
        ...['', head, ...recoveries.map(formatRecovery), '', told],
        ...['', 'what missed     p50     max requests    kB  clocks', ...sights.map(formatSight)],
        '',
        'missed: changes seen later than 10 s after they happened. requests: a minute. kB: until the end was known.',
        ...['', 'what    said  fault', ...notices.map(formatNotice)],
        '',
        'said: from the fault until the screen says that it is not fresh.',
        ...tests.flatMap(formatErrors),
      ].join('\n'),
    );
  }
}
