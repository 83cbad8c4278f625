/** The parts of a stack that say where steps run. */
export type Stack = {
  readonly id: string;
  readonly name: string;
  /** `undefined` if the response does not say. */
  readonly orchestrator: {readonly name: string; readonly flavor: string | undefined} | undefined;
};
