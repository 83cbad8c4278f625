import {type Connection, openConnection} from '../../connection/open-connection.js';
import {createOpenHttpTransport, type OpenTransport} from '../../connection/open-transport.js';
import type {World} from '../../connection/world.js';
import {cutLine} from '../../format/line.js';
import {formatSafeJson} from '../../report/json-values.js';
import {buildRunsDocument, type ListedRuns} from '../../report/runs-document.js';
import {renderMoreRuns, renderRunsTable} from '../../report/runs-table.js';
import {warnIfUnverified} from '../opening/unverified-server.js';
import type {ConnectionOptions} from '../options/connection-options.js';
import {createLineFormatter} from '../printing/change-formatter.js';
import {printProblem} from '../printing/print.js';
import {openStandardOutput} from '../printing/standard-output.js';
import {version} from '../printing/version.js';
import {fetchRunListing, type RunListing} from './find-runs.js';
import type {RunsOptions} from './runs-options.js';

type ListRunsRequest = {
  readonly runs: RunsOptions;
  readonly connection: ConnectionOptions;
  readonly looks: Parameters<typeof createLineFormatter>[0];
};

/** The timeout for listing, in milliseconds. */
const maxListMs = 300_000;

/** Prints runs as a table or as a JSON document. Returns the exit code. */
export const listRuns = async (
  world: World,
  {runs: options, connection: flags, looks}: ListRunsRequest,
  openTransport: OpenTransport = createOpenHttpTransport(world, version),
): Promise<number> => {
  const signal = AbortSignal.timeout(maxListMs);
  const connection = await openConnection(world, {...flags, runUrl: undefined}, openTransport, signal);
  if (!connection.ok) {
    printProblem(connection.problem);
    return connection.problem.exitCode;
  }

  warnIfUnverified(connection.value);
  const runs = await fetchRunListing(connection.value, options, signal);
  if (!runs.ok) {
    printProblem(runs.problem);
    return runs.problem.exitCode;
  }

  printRuns(await fetchListedRuns(connection.value, runs.value, options, signal), options, looks);
  const {problem} = runs.value;
  if (problem !== undefined) {
    printProblem(problem);
    return problem.exitCode;
  }

  return 0;
};

/** The document contains URLs, which need the project's name and the kind of server. */
const fetchListedRuns = async (
  {client, serverInfo, serverUrl}: Connection,
  {runs, total, project, timing}: RunListing,
  {output}: RunsOptions,
  signal: AbortSignal,
): Promise<ListedRuns> => {
  const now = timing.serverDateAt ?? timing.respondedAt;
  if (output !== 'json') {
    return {runs, total, now, serverUrl, server: undefined, project};
  }

  const [info, fetchedProject] = await Promise.all([
    serverInfo,
    project.name === undefined ? client.fetchProject(project.id, signal) : undefined,
  ]);
  const name = project.name ?? (fetchedProject?.ok === true ? fetchedProject.value.name : undefined);
  return {runs, total, now, serverUrl, server: info.ok ? info.value : undefined, project: {id: project.id, name}};
};

const printRuns = (runs: ListedRuns, {output}: RunsOptions, looks: ListRunsRequest['looks']): void => {
  const standardOutput = openStandardOutput();
  const {isTty} = standardOutput;
  if (output === 'json') {
    standardOutput.write(`${formatSafeJson(buildRunsDocument(runs), isTty)}\n`);
    return;
  }

  const formatLines = createLineFormatter(looks, isTty);
  const columns = process.stdout.columns ?? 80;
  const table = renderRunsTable(runs);
  const lines = isTty ? [...table.map(line => cutLine(line, columns)), ...renderMoreRuns(runs)] : table;
  standardOutput.write(output === 'quiet' ? '' : formatLines(lines));
};
