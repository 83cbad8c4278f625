/** A Python exception as the server stores it with a step or a run. */
export type Exception = {
  readonly message: string | undefined;
  /** Import path of the class, e.g. `builtins.ValueError`; `undefined` before 0.94.1. */
  readonly source: string | undefined;
  /** Line in the source of the step function where it was raised, counted from 1. */
  readonly line: number | undefined;
  readonly traceback: string | undefined;
};
