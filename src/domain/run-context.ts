import type {NamedReference, RunId} from './ids.js';
import type {JsonRecord} from './json.js';

/** Where the code of a run was when it started. ZenML records it only for a repository without uncommitted changes. */
export type CodeReference = {
  readonly repository: string | undefined;
  readonly commit: string;
  readonly subdirectory: string | undefined;
};

/** Where a run came from and where it runs; only hydrated responses contain all of it. */
export type RunContext = {
  readonly orchestratorRunId: string | undefined;
  readonly code: CodeReference | undefined;
  /** Where the code was uploaded instead, if it was. */
  readonly codePath: string | undefined;
  /** `churn:12` or, if the server sends only the version, its name. */
  readonly modelVersion: string | undefined;
  readonly modelStage: string | undefined;
  readonly schedule: NamedReference | undefined;
  readonly trigger: NamedReference | undefined;
  /** The run that this one replays. */
  readonly originalRun: NamedReference<RunId> | undefined;
  /** The machine that started the run: operating system, Python and ZenML. */
  readonly clientEnvironment: JsonRecord;
  /** The machine that the orchestrator runs on; empty until it has started, and for dynamic runs. */
  readonly orchestratorEnvironment: JsonRecord;
};
