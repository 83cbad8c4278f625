import type {Exception} from '../domain/exception.js';
import type {Instant} from '../domain/instant.js';
import type {Question} from '../domain/intervention/question.js';
import type {Run} from '../domain/run.js';
import type {StepStatus} from '../domain/status.js';
import type {WaitReason} from '../domain/wait-reason.js';
import type {KnownRun} from './known-run.js';

/** An observed change; `at` is by the server's clock. */
export type Change =
  | RunChange
  | StepChange
  | QuietChange
  | WaitChange
  | QuestionChange
  | ProblemChange
  | RecoveredChange
  | GoneChange
  | EndChange;

export type RunChange = {
  readonly type: 'run';
  readonly at: Instant;
  readonly run: Run;
  /** The previous status in the server's wording; `undefined` if the run was first seen in this state. */
  readonly from: string | undefined;
};

export type StepChange = {
  readonly type: 'step';
  readonly at: Instant;
  readonly name: string;
  /** The previous status in the server's wording, or `waiting`; `undefined` if the step was first seen in this state. */
  readonly from: string | undefined;
  /** The new status in the server's wording, or `waiting` or `not run` without a step run. */
  readonly to: string;
  readonly status: StepStatus;
  /** `undefined` for a step that has no step run. */
  readonly attempt: number | undefined;
  /** `undefined` until the step's configuration is loaded. */
  readonly maxAttempts: number | undefined;
  /** How long the attempt took, or has taken so far, in milliseconds. */
  readonly tookMs: number | undefined;
  readonly exception: Exception | undefined;
};

/**
 * A running step has been silent for much longer than usual, or nothing has been heard from a local run (`name` is `undefined`).
 */
export type QuietChange = {
  readonly type: 'quiet';
  readonly at: Instant;
  readonly name: string | undefined;
  readonly forMs: number;
};

/** A step that has started is waiting for something other than a step. */
export type WaitChange = {
  readonly type: 'wait';
  readonly at: Instant;
  readonly name: string;
  readonly reason: WaitReason;
};

/** The run asked a question, or someone answered it. */
export type QuestionChange = {
  readonly type: 'question';
  readonly at: Instant;
  readonly question: Question;
  /** The name of the user who answered, or the user's ID if the name is unknown. */
  readonly by: string | undefined;
};

/** The server does not respond or rejects zentop. */
export type ProblemChange = {
  readonly type: 'problem';
  readonly at: Instant;
  readonly reason: string;
  /** Duration of the outage so far, in milliseconds. */
  readonly forMs: number;
};

/** The server responds again. */
export type RecoveredChange = {
  readonly type: 'recovered';
  readonly at: Instant;
  /** Duration of the outage, in milliseconds. */
  readonly forMs: number;
};

/** The server no longer has the run. */
type GoneChange = {readonly type: 'gone'; readonly at: Instant; readonly run: Run};

export type EndChange = {
  readonly type: 'end';
  readonly at: Instant;
  readonly known: KnownRun;
  /** The run's page in the dashboard. */
  readonly url: string | undefined;
};
