import type {NamedEntity, RunId} from './ids.js';
import type {JsonRecord} from './json.js';

/** The commit that a run was started from. ZenML records it only for a repository without uncommitted changes. */
export type CodeReference = {
  readonly repository: string | undefined;
  readonly commit: string;
  readonly subdirectory: string | undefined;
};

/** Where a run came from and where it runs; only hydrated responses contain all of it. */
export type RunContext = {
  readonly orchestratorRunId: string | undefined;
  readonly code: CodeReference | undefined;
  /** Where the code was uploaded to, if there is no commit to refer to. */
  readonly codePath: string | undefined;
  /** Model and version, such as `churn:12`; only the version's name if the server does not send the model. */
  readonly modelVersion: string | undefined;
  readonly modelStage: string | undefined;
  readonly schedule: NamedEntity | undefined;
  readonly trigger: NamedEntity | undefined;
  /** The run that this one replays. */
  readonly originalRun: NamedEntity<RunId> | undefined;
  /** The machine that started the run: operating system, Python and ZenML. */
  readonly clientEnvironment: JsonRecord;
  /** The machine that the orchestrator runs on; empty until it has started, and for dynamic runs. */
  readonly orchestratorEnvironment: JsonRecord;
};
