import {decodeDag} from '../../../src/api/decode/dag.js';
import {decodeRun} from '../../../src/api/decode/run.js';
import {decodeStepDetail} from '../../../src/api/decode/step-detail.js';
import {decodeRecord} from '../../../src/api/decode/wire.js';
import type {StepDetail} from '../../../src/domain/attempt.js';
import {withAttempts, withDag} from '../../../src/domain/merge-steps.js';
import type {Run} from '../../../src/domain/run.js';
import {emptyStepTable} from '../../../src/domain/step-table.js';
import type {KnownRun} from '../../../src/report/known-run.js';
import {readRecording} from '../../api/recorded.js';

/** The names of the recorded responses about a run, and what these do not say: whether it is over. */
type RecordedRun = {
  readonly version?: string;
  readonly run: string;
  readonly dag?: string;
  readonly steps: readonly string[];
  /** Steps of other runs. */
  readonly originals?: readonly string[];
  readonly isOver?: boolean;
};

/** Later than all recordings. */
const someTimeLater = Date.parse('2026-11-24T07:00:00Z');

/** A run decoded from responses of a real server. */
export const readRecordedRun = ({
  version = '0.98.0',
  run,
  dag,
  steps,
  originals = [],
  isOver = true,
}: RecordedRun): KnownRun => {
  const readBody = (name: string) => decodeRecord(readRecording(version, name).body);
  const details = steps.map(name => decodeStepDetail(readBody(name)) as StepDetail);
  const originalDetails = originals.map(name => decodeStepDetail(readBody(name)) as StepDetail);
  const planned = dag === undefined ? emptyStepTable : withDag(emptyStepTable, decodeDag(readBody(dag))!);
  return {
    run: decodeRun(readBody(run)) as Run,
    table: withAttempts(
      planned,
      details.map(({attempt}) => attempt),
    ),
    detailsById: new Map([...originalDetails, ...details].map(detail => [detail.attempt.id, detail])),
    childRuns: [],
    pastRuns: [],
    questions: [],
    userNamesById: new Map(),
    resourceRequestsById: new Map(),
    isOver,
    now: someTimeLater,
  };
};
