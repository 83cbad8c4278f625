// The document of `--once --output json`, as docs/scripting.md describes it.

/** A time in ISO 8601, in UTC. */
export type Moment = string | null;
type Exception = {message: string | null; line: number | null} | null;
type Attempt = {id: string; attempt: number; status: string; started_at: Moment; ended_at: Moment};
export type Artifact = {id: string; artifact: string; version: string; type: string; uri: string};
type Input = Artifact & {input_type: string | null};
export type Step = {
  name: string;
  id: string | null;
  status: string;
  attempt: number | null;
  max_attempts: number | null;
  attempts: Attempt[];
  started_at: Moment;
  ended_at: Moment;
  duration_s: number | null;
  upstream: string[];
  group: {name: string; type: string} | null;
  inputs: Record<string, Input[]>;
  outputs: Record<string, Artifact[]>;
  retry: {max_retries: number; delay: number; backoff: number} | null;
  cache: {enabled: boolean; key: string | null; from: {step_id: string; run_id: string | null} | null};
  exception: Exception;
  heartbeat_at: Moment;
};
type Run = {
  id: string;
  name: string;
  pipeline: string;
  index: number | null;
  status: string;
  status_reason: string | null;
  in_progress: boolean;
  started_at: Moment;
  ended_at: Moment;
  duration_s: number | null;
  stack: string;
  user: string;
  url: string | null;
  exception: Exception;
};
export type Document = {
  schema: string;
  as_of: string;
  server: {url: string; version: string};
  project: {id: string; name: string};
  run: Run;
  counts: Record<string, number>;
  steps: Step[];
};

// What `truth.py` prints: the same run as seen by ZenML's own client.

type TrueException = {message: string | null; traceback: string; line: number | null} | null;
type TrueAttempt = Attempt & {exception: TrueException};
export type TrueStep = Omit<Step, 'exception' | 'max_attempts' | 'duration_s' | 'attempts'> & {
  id: string;
  exception: TrueException;
  attempts: TrueAttempt[];
};
export type Truth = {
  server: {version: string};
  project: {id: string; name: string};
  run: Omit<Run, 'in_progress' | 'exception' | 'duration_s' | 'url'> & {
    in_progress: boolean | null;
    exception: TrueException;
  };
  /** Each step that the pipeline was compiled with, and its upstream steps; empty for a dynamic pipeline. */
  planned: Record<string, string[]>;
  steps: TrueStep[];
  /** Child runs; empty on servers without them. */
  children: {name: string; started_at: string | null; ended_at: string | null}[];
  /** Wait conditions; empty on servers without them. */
  questions: {name: string; asked_at: string | null; resolved_at: string | null}[];
};
