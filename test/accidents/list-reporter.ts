import type {Reporter, TestCase, TestModule} from 'vitest/node';

/** How the screen recovered after a fault. */
export type Recovery = {
  /** Time from the end of the fault until the data was fresh, in poll intervals. */
  readonly intervals: number;
  /** Time until the next try, as shown on the screen when the fault ended. */
  readonly announcedMs: number;
  /** Sent during the fault. */
  readonly requests: number;
};

/** How soon the changes of a run were seen while clocks differed. */
export type Sight = {
  readonly changes: number;
  /** Seen more than ten seconds after they happened, or never. */
  readonly missed: number;
  readonly p50Ms: number;
  readonly maxMs: number;
  /** Per minute. */
  readonly requests: number;
  /** Size of all responses until the end of the run was known. */
  readonly kB: number;
};

declare module 'vitest' {
  interface TaskMeta {
    recovery?: Recovery;
    sight?: Sight;
    /** Time from a fault until it was reported on the screen or in printed lines, in milliseconds. */
    noticedMs?: number;
  }
}

const formatResult = (test: TestCase): string => (test.result().state === 'passed' ? 'pass' : 'FAIL');

/** What happens in the test, without what zentop must do. */
const getName = ({name}: TestCase): string => name.split(': ')[0] ?? name;

const formatRecovery = (test: TestCase): string => {
  const recovery = test.meta().recovery;
  const [intervals, announced, requests] =
    recovery === undefined
      ? ['–', '–', '–']
      : [recovery.intervals.toFixed(1), `${(recovery.announcedMs / 1000).toFixed(1)} s`, String(recovery.requests)];
  return [
    formatResult(test),
    intervals.padStart(9),
    announced.padStart(7),
    requests.padStart(8),
    ` ${getName(test)}`,
  ].join(' ');
};

const formatSight = (test: TestCase): string => {
  const {missed = 0, p50Ms = 0, maxMs = 0, requests = 0, kB = 0} = test.meta().sight ?? {};
  const formatSeconds = (ms: number): string => `${(ms / 1000).toFixed(2)} s`.padStart(7);
  const counts = [String(requests).padStart(8), String(kB).padStart(5)];
  return [
    formatResult(test),
    String(missed).padStart(6),
    formatSeconds(p50Ms),
    formatSeconds(maxMs),
    ...counts,
    ` ${getName(test)}`,
  ].join(' ');
};

const formatNotice = (test: TestCase): string =>
  [formatResult(test), `${((test.meta().noticedMs ?? 0) / 1000).toFixed(1)} s`.padStart(7), ` ${getName(test)}`].join(
    ' ',
  );

const formatErrors = (test: TestCase): readonly string[] =>
  (test.result().errors ?? []).flatMap(({message, stack}) => ['', test.fullName, message, stack ?? '']);

/** Prints tables of all accidents at the end: whether each test passed, and how soon zentop noticed the fault or recovered. */
// biome-ignore lint/style/noDefaultExport: Vitest requires a default export
export default class ListReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const tests = modules.flatMap(module => [...module.children.allTests()]);
    const sights = tests.filter(test => test.meta().sight !== undefined);
    const notices = tests.filter(test => test.meta().noticedMs !== undefined);
    const recoveries = tests.filter(test => !sights.includes(test) && !notices.includes(test));
    const head = 'test intervals   shown requests  accident';
    const legend =
      'intervals: from the end of the fault until the data is fresh. shown: time until the next try, as shown when the fault ended.';
    console.log(
      [
        ...['', head, ...recoveries.map(formatRecovery), '', legend],
        ...['', 'test missed     p50     max requests    kB  clocks', ...sights.map(formatSight)],
        '',
        'missed: changes seen more than 10 s late. requests: per minute. kB: until the end of the run was known.',
        ...['', 'test   shown  fault', ...notices.map(formatNotice)],
        '',
        'shown: from the fault until it is reported on the screen or in printed lines.',
        ...tests.flatMap(formatErrors),
      ].join('\n'),
    );
  }
}
