import {computeMd5, deriveUuid} from '../derived-ids.js';
import {formatWireTime, type JsonObject, roundToMicroseconds} from '../entity.js';
import type {ExceptionScript, LogLineScript} from '../script.js';
import type {RunTimeline, StepRow} from './model.js';
import {buildClientLines, buildOrchestratorLines, formatLogSeconds} from './run-log-lines.js';

/** One log of a run or a step. */
export type LogFile = {
  readonly id: string;
  readonly source: string;
  readonly createdAt: number;
  readonly stepRunId: string | null;
  readonly runId: string | null;
  readonly getEntries: () => readonly WrittenLogEntry[];
};

type WrittenLogEntry = {readonly writtenAt: number; readonly json: string};

/** Log lines are written in batches at this interval, so a line appears up to this long after it was printed. */
const batchIntervalMs = 5000;
/** Longer messages are split into chunks. */
const maxMessageLength = 5120;

const formatFrame = (line: number, text: string): string =>
  `  File "/opt/venv/lib/python3.11/site-packages/zenml/orchestrators/step_runner.py", line ${line}, in run\n    ${text}\n`;

/** The message that ZenML's step runner logs for an exception. */
const formatExceptionMessage = ({source, message, traceback}: ExceptionScript): string =>
  `An exception has occurred.\n${source.replace(/^builtins\./, '')}: ${message}\nTraceback (most recent call last):\n` +
  formatFrame(323, 'raise step_exception') +
  formatFrame(259, 'return_values = step_instance.call_entrypoint(') +
  traceback.trimEnd();

/**
 * The entries have the time at which their batch was written, tens of microseconds apart, rather than the time at which the lines
 * were printed. The first batch is written 3.5 to 5 s after the log was created.
 */
const buildLogEntries = (fileId: string, createdAt: number, lines: readonly LogLineScript[]): WrittenLogEntry[] => {
  const firstBatchAt = createdAt + 3500 + (Number.parseInt(computeMd5(fileId).slice(0, 4), 16) % 1500);
  const entries: WrittenLogEntry[] = [];
  let writtenAt = 0;
  for (const [index, {atMs, message, level = 20}] of lines.entries()) {
    const batchAt = firstBatchAt + Math.max(0, Math.ceil((atMs - firstBatchAt) / batchIntervalMs)) * batchIntervalMs;
    const chunks = splitMessage(message);
    const id = deriveUuid(fileId, index);
    for (const [chunkIndex, chunk] of chunks.entries()) {
      writtenAt = roundToMicroseconds(Math.max(batchAt, writtenAt + 0.027));
      const entry = {
        message: chunk,
        name: 'unknown',
        level,
        timestamp: `${formatWireTime(writtenAt)}Z`,
        module: null,
        filename: null,
        lineno: null,
        chunk_index: chunkIndex,
        total_chunks: chunks.length,
        id,
      };
      entries.push({writtenAt, json: JSON.stringify(entry)});
    }
  }

  return entries;
};

const splitMessage = (message: string): string[] => {
  const count = Math.max(1, Math.ceil(message.length / maxMessageLength));
  return Array.from({length: count}, (_, index) =>
    message.slice(index * maxMessageLength, (index + 1) * maxMessageLength),
  );
};

type LogFileParts = Omit<LogFile, 'getEntries'> & {
  /** Each `atMs` is the instant at which the line was printed. */
  readonly buildLines: () => readonly LogLineScript[];
};

const createLogFile = ({buildLines, ...parts}: LogFileParts): LogFile => {
  let entries: readonly WrittenLogEntry[] | undefined;
  const getEntries = (): readonly WrittenLogEntry[] => {
    entries ??= buildLogEntries(parts.id, parts.createdAt, buildLines());
    return entries;
  };
  return {...parts, getEntries};
};

/** The JSON list of the entries written so far, oldest first. */
export const encodeLogEntries = (file: LogFile, now: number): string => {
  const entries = file.getEntries();
  const end = entries.findIndex(entry => entry.writtenAt > now);
  const writtenEntries = entries.slice(0, Math.min(maxServedEntries, end === -1 ? entries.length : end));
  return `[${writtenEntries.map(entry => entry.json).join(',')}]`;
};

/** The server's limit for one response. */
const maxServedEntries = 50_000;

const logFilesByRow = new WeakMap<StepRow, readonly LogFile[]>();

/** The logs of an attempt; cached and skipped steps have none. */
export const getRowLogs = (row: StepRow): readonly LogFile[] => {
  const known = logFilesByRow.get(row);
  if (known) {
    return known;
  }

  const files = row.original ? [] : [createPreparationLog(row), createOutputLog(row)];
  logFilesByRow.set(row, files);
  return files;
};

const createPreparationLog = (row: StepRow): LogFile => {
  const {startAt, endAt, script} = row.attempt;
  const name = row.step.script.name;
  const outcome = script.outcome ?? 'completed';
  const last =
    outcome === 'completed'
      ? {atMs: endAt, message: `Step \`${name}\` has finished in \`${formatLogSeconds(endAt - startAt)}\`.`}
      : {atMs: endAt, message: `Failed to run step \`${name}\`: ${script.exception?.message ?? outcome}`, level: 40};
  return createLogFile({
    id: deriveUuid(row.id, 'log', 'prepare_step'),
    source: 'prepare_step',
    createdAt: roundToMicroseconds(startAt - 7.1),
    stepRunId: row.id,
    runId: null,
    buildLines: () => [
      {atMs: startAt, message: `Step \`${name}\` has started.`},
      ...(Number.isFinite(endAt) ? [last] : []),
    ],
  });
};

const createOutputLog = (row: StepRow): LogFile => {
  const {createdAt, workStartAt, endAt, script} = row.attempt;
  const {scale} = row.run.world;
  const buildLines = (): LogLineScript[] => {
    const printedLines = (script.logs ?? []).map(line => ({...line, atMs: workStartAt + line.atMs * scale}));
    const {exception} = script;
    const failure = exception ? [{atMs: endAt, message: formatExceptionMessage(exception), level: 40}] : [];
    return [...printedLines.filter(line => line.atMs <= endAt), ...failure];
  };
  const id = deriveUuid(row.id, 'log', 'step');
  return createLogFile({
    id,
    source: 'step',
    createdAt: roundToMicroseconds(createdAt + 53.5),
    stepRunId: row.id,
    runId: null,
    buildLines,
  });
};

const logFilesByRun = new WeakMap<RunTimeline, readonly LogFile[]>();

/** The logs of a run: its client's unless it is a child run, and its orchestrator's if it is dynamic. */
export const getRunLogs = (run: RunTimeline): readonly LogFile[] => {
  const known = logFilesByRun.get(run);
  if (known) {
    return known;
  }

  const sources = [...(run.script.parent ? [] : ['client']), ...(run.script.dynamic ? ['orchestrator'] : [])];
  const files = sources.map(source =>
    createLogFile({
      id: deriveUuid(run.id, 'log', source),
      source,
      createdAt: roundToMicroseconds(source === 'client' ? run.startAt - 530 : run.createdAt + 118),
      stepRunId: null,
      runId: run.id,
      buildLines: () => (source === 'client' ? buildClientLines(run) : buildOrchestratorLines(run)),
    }),
  );
  logFilesByRun.set(run, files);
  return files;
};

/** The body of a log in `log_collection`. */
export const buildLogBody = (
  file: LogFile,
  owner: {readonly userId: string; readonly run: RunTimeline},
): JsonObject => {
  const {world} = owner.run;
  return {
    created: formatWireTime(file.createdAt),
    updated: formatWireTime(file.createdAt + 0.025),
    user_id: owner.userId,
    project_id: world.project.id,
    uri: `${world.script.stack.path}/logs/${file.id}.log`,
    source: file.source,
    step_run_id: file.stepRunId,
    pipeline_run_id: file.runId,
    artifact_store_id: world.ids.artifactStore,
    log_store_id: null,
    hook_invocation_id: null,
  };
};
