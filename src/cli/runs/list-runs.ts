import {type Connection, openConnection} from '../../connection/open-connection.js';
import type {OpenTransport} from '../../connection/open-transport.js';
import {overHttp} from '../../connection/open-transport.js';
import type {World} from '../../connection/world.js';
import {cutLine} from '../../format/line-cells.js';
import {jsonText} from '../../report/json-values.js';
import {type ListedRuns, runsDocumentOf} from '../../report/runs-document.js';
import {moreRunsLines, runsTable} from '../../report/runs-table.js';
import type {ConnectionOptions} from '../connection-options.js';
import {printProblem} from '../print.js';
import {openStandardOutput} from '../standard-output.js';
import {noteUnverified} from '../unverified.js';
import {version} from '../version.js';
import {linesTextFor} from '../voice.js';
import {findRuns, type RunsFound} from './find-runs.js';
import type {RunsOptions} from './runs-options.js';

type Listing = {
  readonly runs: RunsOptions;
  readonly connection: ConnectionOptions;
  readonly looks?: Parameters<typeof linesTextFor>[0];
};

/** The longest that listing may take, in milliseconds. */
const longestMs = 300_000;

/** Prints runs as a table or as a document. Answers the exit code. */
export const listRuns = async (
  world: World,
  {runs: options, connection: flags, looks = {isAscii: false, hasColor: true}}: Listing,
  openTransport: OpenTransport = overHttp(world, version),
): Promise<number> => {
  const signal = AbortSignal.timeout(longestMs);
  const connection = await openConnection(world, {...flags, runUrl: undefined}, openTransport, signal);
  if (!connection.ok) {
    printProblem(connection.problem);
    return connection.problem.exitCode;
  }

  noteUnverified(connection.value);
  const runs = await findRuns(connection.value, options, signal);
  if (!runs.ok) {
    printProblem(runs.problem);
    return runs.problem.exitCode;
  }

  print(await listed(connection.value, runs.value, options, signal), options, looks);
  return 0;
};

/** The document tells addresses, for which the project's name and the kind of server must be known. */
const listed = async (
  {client, serverInfo, serverUrl}: Connection,
  {runs, total, project, timing}: RunsFound,
  {output}: RunsOptions,
  signal: AbortSignal,
): Promise<ListedRuns> => {
  const now = timing.serverDateAt ?? timing.answeredAt;
  if (output !== 'json') {
    return {runs, total, now, serverUrl, server: undefined, project};
  }

  const [info, named] = await Promise.all([
    serverInfo,
    project.name === undefined ? client.fetchProject(project.id, signal) : undefined,
  ]);
  const name = project.name ?? (named?.ok === true ? named.value.name : undefined);
  return {runs, total, now, serverUrl, server: info.ok ? info.value : undefined, project: {id: project.id, name}};
};

const print = (runs: ListedRuns, {output}: RunsOptions, looks: NonNullable<Listing['looks']>): void => {
  const standardOutput = openStandardOutput();
  const {isTty} = standardOutput;
  if (output === 'json') {
    standardOutput.write(`${jsonText(runsDocumentOf(runs), isTty)}\n`);
    return;
  }

  const linesText = linesTextFor(looks, isTty);
  const columns = process.stdout.columns ?? 80;
  const table = runsTable(runs);
  const lines = isTty ? [...table.map(line => cutLine(line, columns)), ...moreRunsLines(runs)] : table;
  standardOutput.write(output === 'quiet' ? '' : linesText(lines));
};
