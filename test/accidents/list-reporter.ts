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

declare module 'vitest' {
  interface TaskMeta {
    accident?: Recovery;
  }
}

const lineOf = (test: TestCase): string => {
  const recovery = test.meta().accident;
  const state = test.result().state === 'passed' ? 'pass' : 'FAIL';
  const [intervals, said, requests] =
    recovery === undefined
      ? ['–', '–', '–']
      : [recovery.intervals.toFixed(1), `${(recovery.saidMs / 1000).toFixed(1)} s`, String(recovery.requests)];
  const [name = ''] = test.name.split(': what was known');
  return [state, intervals.padStart(9), said.padStart(7), requests.padStart(8), ` ${name}`].join(' ');
};

const whyOf = (test: TestCase): readonly string[] =>
  (test.result().errors ?? []).flatMap(({message, stack}) => ['', test.fullName, message, stack ?? '']);

/** Prints one list of all accidents when all have happened: whether it went well, and how soon all was well again. */
// biome-ignore lint/style/noDefaultExport: vitest takes a reporter from there
export default class ListReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const tests = modules.flatMap(module => [...module.children.allTests()]);
    const lines = tests.map(lineOf);
    const head = 'what intervals    said requests  accident';
    const told =
      'intervals: from the end of the fault until the screen is fresh. said: until the next try, as the screen told then.';
    console.log(['', head, ...lines, '', told, ...tests.flatMap(whyOf)].join('\n'));
  }
}
