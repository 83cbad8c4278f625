import type {Timing} from '../api/response.js';
import {isLimitedToRequest} from '../domain/failure.js';
import type {RunId} from '../domain/ids.js';
import type {RunFilters} from '../domain/list-filters.js';
import type {Run} from '../domain/run.js';
import {failWithFailure} from './explain-failure.js';
import type {Connection} from './open-connection.js';
import {failWithServerError, failWithUsageError, type Outcome, succeedWith} from './problem.js';
import type {ProjectChoice} from './project.js';
import type {RunReference, RunUrl} from './run-reference.js';
import {createRunCandidate, type FoundRuns, searchActiveOrNewest, searchRuns} from './run-search.js';
import {isSameServer, maskUrl} from './server-url.js';

/** The run to watch, hydrated, and when it was fetched. Its `projectId` applies, even if another project is configured. */
export type ResolvedRun = {readonly run: Run; readonly timing: Timing};

const maxCandidates = 5;

const formatProject = ({name, id}: ProjectChoice): string => `project ${name ?? id}`;

/** Names the project; its name is fetched if only the ID is known. */
export const describeProject = async (
  {client}: Pick<Connection, 'client'>,
  project: ProjectChoice,
  signal: AbortSignal,
): Promise<string> => {
  const response = project.name === undefined ? await client.fetchProject(project.id, signal) : undefined;
  return formatProject(response?.ok === true ? {...project, name: response.value.name} : project);
};

const buildPipelineFilter = (pipeline: string | undefined): RunFilters => (pipeline === undefined ? {} : {pipeline});

const findFirstRun = ({runs, timing}: FoundRuns): Outcome<ResolvedRun> | undefined => {
  const run = runs[0];
  return run && succeedWith({run, timing});
};

const fetchById = async (
  connection: Connection,
  id: RunId,
  failWithMissingRun: () => ReturnType<typeof failWithServerError>,
  signal: AbortSignal,
): Promise<Outcome<ResolvedRun>> => {
  const response = await connection.client.fetchRun(id, true, signal);
  if (response.ok) {
    return succeedWith({run: response.value, timing: response.timing});
  }

  if (response.failure.kind === 'not-found') {
    return failWithMissingRun();
  }

  return (
    (isLimitedToRequest(response.failure) ? await findListedRun(connection, id, signal) : undefined) ??
    failWithFailure(response.failure, connection.explainContext)
  );
};

/** The run as the list of runs has it, for a server that cannot return it on its own. */
const findListedRun = async (
  connection: Connection,
  id: RunId,
  signal: AbortSignal,
): Promise<Outcome<ResolvedRun> | undefined> => {
  // Pointless while the server as a whole does not work.
  if (!(await connection.serverInfo).ok) {
    return undefined;
  }

  const found = await searchRuns(connection, {filters: {id: {startsWith: id}}, size: 1}, signal);
  return found.ok ? findFirstRun(found.value) : undefined;
};

const failWithNoRunOfId =
  (id: RunId, {serverUrl}: Connection) =>
  () =>
    failWithServerError(
      `No run ${id} on ${serverUrl}.`,
      'Check the ID, or pass the server of the run with --server URL.',
    );

const failWithNoRunAtUrl = (url: RunUrl, connection: Connection) => () => {
  if (isSameServer(url.dashboardUrl, connection.serverUrl)) {
    return failWithNoRunOfId(url.id, connection)();
  }

  return failWithServerError(
    `The run is on ${url.dashboardUrl}, but zentop is connected to ${connection.serverUrl} (from ${connection.settings.serverUrl.origin}).`,
    url.workspace === undefined
      ? `Run \`zenml login ${url.dashboardUrl}\`, or pass --server ${url.dashboardUrl}.`
      : `Run \`zenml login ${url.workspace}\`, or pass the URL of the workspace's server with --server.`,
  );
};

/** Fails, suggesting runs that may have been meant: those whose names contain the word, else the newest ones. */
const failWithNoMatch = async (connection: Connection, text: string, message: string, signal: AbortSignal) => {
  const search = async (filters: RunFilters) => searchRuns(connection, {filters, size: maxCandidates}, signal);
  const [alike, newest] = await Promise.all([search({name: {contains: text}}), search({})]);
  const similar = alike.ok ? alike.value.runs : [];
  const runs = similar.length > 0 || !newest.ok ? similar : newest.value.runs;
  const otherProject = 'Use --project NAME for another project.';
  if (runs.length === 0) {
    return failWithServerError(message, newest.ok ? `The project has no runs yet. ${otherProject}` : otherProject);
  }

  const heading = similar.length > 0 ? `Runs whose names contain “${text}”:` : 'Latest runs:';
  return failWithServerError(message, `${otherProject} ${heading}`, runs.map(createRunCandidate));
};

const failWithAmbiguousRun = (text: string, {runs, total}: FoundRuns, projectDescription: string) =>
  failWithServerError(
    `“${text}” matches ${total} run IDs in ${projectDescription}.`,
    `Type more of the ID. ${total > maxCandidates ? 'Newest matches' : 'Matches'}:`,
    runs.slice(0, maxCandidates).map(createRunCandidate),
  );

/** Finds a run by its exact name, or else by the beginning of its ID. */
const resolveWord = async (
  connection: Connection,
  {text, hex}: {readonly text: string; readonly hex: string | undefined},
  signal: AbortSignal,
): Promise<Outcome<ResolvedRun>> => {
  const [byName, byPrefix] = await Promise.all([
    searchRuns(connection, {filters: {name: text}, size: 1}, signal),
    hex === undefined
      ? undefined
      : searchRuns(connection, {filters: {id: {startsWith: hex}}, size: maxCandidates}, signal),
  ]);
  if (!byName.ok) {
    return byName;
  }

  const exact = findFirstRun(byName.value);
  if (exact !== undefined) {
    return exact;
  }

  if (byPrefix !== undefined && (!byPrefix.ok || byPrefix.value.total > 1)) {
    return byPrefix.ok
      ? failWithAmbiguousRun(text, byPrefix.value, await describeProject(connection, byPrefix.value.project, signal))
      : byPrefix;
  }

  const prefixMatch = byPrefix && findFirstRun(byPrefix.value);
  if (prefixMatch !== undefined) {
    return prefixMatch;
  }

  const kind = hex === undefined ? 'run named' : 'run with name or ID prefix';
  const message = `No ${kind} “${text}” in ${await describeProject(connection, byName.value.project, signal)}.`;
  return failWithNoMatch(connection, text, message, signal);
};

const takeFirstRun = async (
  connection: Connection,
  search: Outcome<FoundRuns>,
  pipeline: string | undefined,
  signal: AbortSignal,
): Promise<Outcome<ResolvedRun>> => {
  if (!search.ok) {
    return search;
  }

  const found = findFirstRun(search.value);
  if (found !== undefined) {
    return found;
  }

  const project = await describeProject(connection, search.value.project, signal);
  return pipeline === undefined
    ? failWithServerError(`No runs in ${project} yet.`, 'Run a pipeline, or pick another project with --project NAME.')
    : failWithServerError(
        `No runs of pipeline “${pipeline}” in ${project}.`,
        'Check the name with `zenml pipeline list`, or pick another project with --project NAME.',
      );
};

/**
 * Finds the run that RUN refers to. If RUN is `latest` or omitted, only runs of `pipeline` (a name or ID) are considered. Fails
 * with exit code 4 if there is no such run, if there are several (with up to five candidates), or if the server cannot be used,
 * and with exit code 2 if RUN is a URL, but not that of a run.
 */
export const resolveRun = async (
  connection: Connection,
  reference: RunReference,
  pipeline: string | undefined,
  signal: AbortSignal,
): Promise<Outcome<ResolvedRun>> => {
  switch (reference.kind) {
    case 'none':
      return takeFirstRun(
        connection,
        await searchActiveOrNewest(connection, buildPipelineFilter(pipeline), signal),
        pipeline,
        signal,
      );
    case 'latest':
      return takeFirstRun(
        connection,
        await searchRuns(connection, {filters: buildPipelineFilter(pipeline), size: 1}, signal),
        pipeline,
        signal,
      );
    case 'id':
      return fetchById(connection, reference.id, failWithNoRunOfId(reference.id, connection), signal);
    case 'url':
      return fetchById(connection, reference.url.id, failWithNoRunAtUrl(reference.url, connection), signal);
    case 'prefix':
      return resolveWord(connection, reference, signal);
    case 'name':
      return resolveWord(connection, {text: reference.text, hex: undefined}, signal);
    case 'not-a-run-url':
      return failWithUsageError(
        `“${maskUrl(reference.text)}” is not a run URL.`,
        "Copy the URL of the run's page in the dashboard (…/runs/<id>).",
      );
  }
};
