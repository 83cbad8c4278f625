import {availableParallelism} from 'node:os';
import {defineConfig} from 'vitest/config';
import {BaseSequencer, type TestSpecification} from 'vitest/node';

/** The tests with real servers that take longest, which start first so that none of them runs alone at the end. */
const longest = [
  'pro',
  'watching',
  'interventions',
  'contract',
  'nginx',
  'scripts',
  'cache-and-code',
  'renewal',
  'runs',
  'run-page',
  'questions',
  'critical-path',
];

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const getRank = ({moduleId}: TestSpecification) => {
      const rank = longest.findIndex(name => moduleId.endsWith(`/${name}.test.ts`));
      return rank === -1 ? longest.length : rank;
    };
    return (await super.sort(files)).sort((one, other) => getRank(one) - getRank(other));
  }
}

/** Keeps the tests, and the programs they start, from contacting any other machine. */
const globalSetup = 'test/support/guard-loopback.ts';

/**
 * Modes: by default (`npm test`) the quick tests; `all` (`npm run test:all`) adds the `*.slow.test.ts` files and tries more
 * cases elsewhere; `zenml` is for `test/zenml/run.js` alone, which installs the ZenML server that those tests start.
 */
export default defineConfig(({mode}) => {
  if (mode === 'zenml') {
    const {ZENTOP_ZENML_BESIDE: beside} = process.env;
    const patience = {testTimeout: 600_000, hookTimeout: 900_000, env: {TERMINAL_PATIENCE_MS: '300000'}};
    const freshness = 'test/zenml/freshness.test.ts';
    // Each file has a server of its own, and spends most of its time waiting for a pipeline or for a token to expire.
    const maxWorkers = 6;
    return {
      test: {
        globalSetup,
        sequence: {sequencer: LongestFirst},
        projects: [
          {
            test: {
              ...patience,
              name: 'servers',
              include: ['test/zenml/**/*.test.ts'],
              exclude: [freshness],
              maxWorkers,
              sequence: {groupOrder: 0},
            },
          },
          ...(beside === undefined
            ? []
            : [
                {
                  test: {
                    ...patience,
                    name: `ZenML ${beside}`,
                    include: ['watching', 'scripts', 'signing-in', 'too-old'].map(name => `test/zenml/${name}.test.ts`),
                    env: {...patience.env, ZENTOP_ZENML_VERSION: beside},
                    maxWorkers,
                    sequence: {groupOrder: 0},
                  },
                },
              ]),
          // Measures delays, so it runs by itself, after the others.
          {test: {...patience, name: 'freshness', include: [freshness], maxWorkers: 1, sequence: {groupOrder: 1}}},
        ],
      },
    };
  }

  const isAll = mode === 'all';
  const {FUZZ_FACTOR = isAll ? '1' : '0.1', SOAK_HOURS = isAll ? '6' : '1'} = process.env;
  const excluded = ['test/zenml/**', ...(isAll ? [] : ['**/*.slow.test.{ts,tsx}'])];
  // Not by `extends: true`, which evaluates this file again without its mode.
  const shared = {
    env: {FUZZ_FACTOR, SOAK_HOURS, TEST_MODE: isAll ? 'all' : 'quick'},
    // Far more than any test needs: a loaded machine is slow, not broken.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    unstubEnvs: true,
  };
  return {
    test: {
      // Many tests wait for programs they have started: with one worker for each core, half of the cores would be idle.
      maxWorkers: 2 * availableParallelism(),
      globalSetup,
      projects: [
        {
          test: {
            ...shared,
            name: 'tests',
            include: ['test/**/*.test.{ts,tsx}'],
            exclude: [...excluded, 'test/soak/**'],
            // Importing the program again for each file would take longer than the tests themselves.
            isolate: false,
          },
        },
        // It sets flags of V8, so it has a process of its own.
        {test: {...shared, name: 'soak', include: ['test/soak/**/*.test.ts'], exclude: excluded}},
      ],
    },
  };
});
