import type {StepId} from './ids.js';
import type {JsonRecord} from './json.js';

/** Something that a running step published. */
export type RunEvent = {
  /** Where to resume the stream after this event. */
  readonly cursor: string | undefined;
  readonly stepId: StepId | undefined;
  readonly payload: JsonRecord;
};
