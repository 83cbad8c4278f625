import assert from 'node:assert/strict';
import {describe, test} from 'vitest';
import {decodeRun} from '../../src/api/decode/run.js';
import {decodeRecord} from '../../src/api/decode/wire.js';
import type {Dag} from '../../src/domain/dag.js';
import {buildRunPath} from '../../src/domain/timeline/run-path.js';
import {selectKnownRun} from '../../src/report/known-run.js';
import type {State} from '../../src/store/state.js';
import {createReplayingClient, isAtLeast, never, readRecording, versions} from '../api/recorded.js';
import {renderFrameLines} from '../support/frames.js';
import {aWatchingState, reduceAll} from '../support/watching.js';

const id = decodeRun(decodeRecord(readRecording('0.84.3', 'run_fail').body))!.id;

/** The graph of the recorded run, or its planned steps on servers without `/dag`. */
const fetchGraph = async (version: string): Promise<Dag> => {
  const {client} = createReplayingClient(
    readRecording(version, isAtLeast(version, '0.83.0') ? 'dag_fail' : 'deployment_fail'),
  );
  const response = isAtLeast(version, '0.83.0')
    ? await client.fetchDag(id, never)
    : await client.fetchPlannedSteps('deployment', never);
  assert.ok(response.ok, version);
  return response.value;
};

/** The recorded failed run of this version on the screen, after its end. */
const openFailedRun = async (version: string): Promise<State> => {
  const run = decodeRun(decodeRecord(readRecording(version, 'run_fail').body))!;
  const dag = await fetchGraph(version);
  const {client} = createReplayingClient(readRecording(version, 'steps_list_fail'));
  const steps = await client.fetchSteps(run.id, {projectId: undefined, size: 100}, never);
  assert.ok(steps.ok);
  const now = (run.endedAt ?? 0) + 60_000;
  return reduceAll(aWatchingState({run, dag, attempts: steps.value.items, requestedAt: now}), {
    type: 'clock/ticked',
    now,
  });
};

const oldVersions = versions.filter(version => isAtLeast('0.85.0', version));

describe.each(oldVersions)('a failed run of ZenML %s', version => {
  test('has bars, its failure, and a critical path whose segments add up, in the timeline', async () => {
    const state = await openFailedRun(version);
    const knownRun = selectKnownRun(state)!;
    const {path} = buildRunPath(knownRun)!;
    assert.ok(path !== undefined && path.steps.length > 0);
    const sum = path.segments.reduce((total, {startedAt, endedAt}) => total + endedAt - startedAt, 0);
    assert.equal(Math.round(sum), Math.round(path.elapsedMs));
    const lines = renderFrameLines(reduceAll(state, {type: 'timeline/toggled'}));
    const text = lines.join('\n');
    assert.match(text, /^ . ✗ boom .*✗/m);
    assert.match(text, /^ . (↺ load.*↺|✓ load.*[━╺╸─╶╴])/m);
  });

  test('has its edges in the graph', async () => {
    const lines = renderFrameLines(reduceAll(await openFailedRun(version), {type: 'graph/toggled'}));
    assert.ok(
      lines.some(line => /[├╰╭╮┤╯]/.test(line.slice(0, 20))),
      lines.join('\n'),
    );
    assert.match(lines.join('\n'), /follows/);
  });
});
