import type {StepDetail} from '../../../src/domain/attempt.js';
import type {Question} from '../../../src/domain/intervention/question.js';
import {isRunOver, type Run} from '../../../src/domain/run.js';
import type {Step} from '../../../src/domain/step.js';
import {createStepTable} from '../../../src/domain/update-step-table.js';
import type {KnownRun} from '../../../src/report/known-run.js';
import {aRun, at} from '../../support/builders.js';

type Parts = {
  readonly run?: Run;
  readonly steps?: readonly Step[];
  readonly details?: readonly StepDetail[];
  readonly questions?: readonly Question[];
  readonly now?: number;
};

/** A run with these steps, by default ten minutes after its start. */
export const aKnownRun = ({
  run = aRun(),
  steps = [],
  details = [],
  questions = [],
  now = at(600),
}: Parts = {}): KnownRun => ({
  run,
  table: createStepTable(steps),
  detailsById: new Map(details.map(detail => [detail.attempt.id, detail])),
  childRuns: [],
  pastRuns: [],
  questions,
  userNamesById: new Map(),
  resourceRequestsById: new Map(),
  isOver: isRunOver(run),
  now,
});
