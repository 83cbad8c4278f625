import assert from 'node:assert/strict';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, test} from 'vitest';
import type {Document, Truth} from './support/document.js';
import {startZenmlServer, type ZenmlServer} from './support/server.js';
import {findTruePath} from './support/true-path.js';
import {isAtLeast, zenmlVersion} from './support/version.js';
import {fetchDocument} from './support/watched-run.js';

type PathDocument = Document & {
  readonly critical_path: {
    readonly elapsed_s: number;
    readonly steps: readonly string[];
    readonly segments: readonly {
      readonly kind: string;
      readonly step: string | null;
      readonly started_at: string;
      readonly ended_at: string;
    }[];
  };
};

/** The critical path of a document, with times in milliseconds since the start of the run. */
const getReportedPath = ({critical_path: path, run}: PathDocument) => {
  const startedAt = Date.parse(run.started_at ?? '');
  return {
    steps: path.steps,
    segments: path.segments.map(({kind, step, started_at, ended_at}) => ({
      kind,
      step,
      from: Date.parse(started_at) - startedAt,
      to: Date.parse(ended_at) - startedAt,
    })),
  };
};

describe(`the critical path on ZenML ${zenmlVersion}`, () => {
  let server: ZenmlServer;

  beforeAll(async () => {
    server = await startZenmlServer({version: zenmlVersion, auth: 'none'});
  }, 900_000);
  afterAll(() => server?.stop());

  const runPipeline = async (
    file: string,
    args: readonly string[],
  ): Promise<{truth: Truth; reported: PathDocument}> => {
    const {id, done} = await server.startRun(file, args);
    await done;
    return {truth: await server.readTruth(id), reported: (await fetchDocument(server, [id])) as PathDocument};
  };

  const expectTruePath = async (file: string, args: readonly string[]) => {
    const {truth, reported} = await runPipeline(file, args);
    assert.deepEqual(getReportedPath(reported), findTruePath(truth));
    const sum = getReportedPath(reported).segments.reduce((total, {from, to}) => total + to - from, 0);
    assert.equal(sum, Math.round(reported.critical_path.elapsed_s * 1000));
    return getReportedPath(reported);
  };

  test("of a diamond-shaped pipeline matches what ZenML's client reports", async () => {
    const {steps} = await expectTruePath('success.py', ['--seconds', '0.5']);
    assert.equal(steps.at(-1), 'report');
  });

  test('of a run with retries includes failed attempts and pauses', async () => {
    const counter = join(server.createFolder('counter'), 'count');
    const {segments} = await expectTruePath('retry.py', ['--counter', counter, '--seconds', '0.5']);
    // Older servers keep one row for all attempts.
    if (isAtLeast(84)) {
      assert.equal(segments.filter(({kind}) => kind === 'failed').length, 2);
      assert.ok(segments.some(({kind, from, to}) => kind === 'pause' && to - from >= 1000));
    }
  });

  test("of a failed run with branches matches what ZenML's client reports", async () => {
    await expectTruePath('failure.py', ['--seconds', '0.5']);
  });

  test.runIf(isAtLeast(94))('of a run that maps a step over 60 items includes the map as one step', async () => {
    const {steps} = await expectTruePath('dynamic.py', ['--items', '60', '--seconds', '0.05']);
    assert.equal(steps.filter(step => step === 'work' || step.startsWith('map:work')).length, 1, steps.join());
  });

  test.runIf(isAtLeast(94))("of a run with a child run matches what ZenML's client reports", async () => {
    await expectTruePath('dynamic.py', ['--items', '2', '--seconds', '0.5', '--nested']);
  });

  test.runIf(isAtLeast(95))('of a run with concurrent child runs goes through the one that ended last', async () => {
    const {steps} = await expectTruePath('nested.py', ['--seconds', '0.5', '--fail']);
    assert.deepEqual(
      steps.map(step => step.replace(/-.*/, '')),
      ['prepare', 'tune_pipeline', 'select', 'tune_pipeline'],
    );
  });

  test.runIf(isAtLeast(95))('of a run that waited for an answer includes a wait for it', async () => {
    const {steps, segments} = await expectTruePath('waiting.py', ['--seconds', '0.5', '--answer-after', '4']);
    const question = steps.at(-2);
    assert.deepEqual([steps.length, steps.at(0), steps.at(-1)], [3, 'prepare', 'deploy']);
    assert.ok(segments.some(({kind, step, from, to}) => kind === 'wait' && step === question && to - from >= 4000));
  });
});
