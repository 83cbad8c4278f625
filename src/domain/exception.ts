/** A Python exception as the server stores it with a step or a run. */
export type Exception = {
  readonly message: string | undefined;
  /** Import path of the class, e.g. `builtins.ValueError`; absent before 0.94.1. */
  readonly source: string | undefined;
  /** Line of the user's step function (1 = first line of its source) where it was raised. */
  readonly line: number | undefined;
  readonly traceback: string | undefined;
};
