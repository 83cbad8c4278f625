import type {Timing} from '../api/answer.js';
import type {RunId} from '../domain/ids.js';
import type {Run} from '../domain/run.js';
import {failWithFailure} from './explain-failure.js';
import type {Connection} from './open-connection.js';
import {failWithServerError, failWithUsageError, type Outcome, succeedWith} from './problem.js';
import type {ProjectChoice} from './project.js';
import type {RunReference, RunUrl} from './run-reference.js';
import {createRunCandidate, type FoundRuns, searchNewest, searchRuns} from './run-search.js';
import {isSameServer, maskUrl} from './server-url.js';

/** The run to watch, whole, and when it was fetched. Its own `projectId` is where it lives, whatever was configured. */
export type ResolvedRun = {readonly run: Run; readonly timing: Timing};

const maxCandidates = 5;

const formatProject = ({name, id}: ProjectChoice): string => `project ${name ?? id}`;

const buildPipelineFilter = (pipeline: string | undefined): Readonly<Record<string, string>> =>
  pipeline === undefined ? {} : {pipeline};

const findFirstRun = ({runs, timing}: FoundRuns): Outcome<ResolvedRun> | undefined => {
  const run = runs[0];
  return run && succeedWith({run, timing});
};

const fetchById = async (
  connection: Connection,
  id: RunId,
  whenMissing: () => ReturnType<typeof failWithServerError>,
  signal: AbortSignal,
): Promise<Outcome<ResolvedRun>> => {
  const answer = await connection.client.fetchRun(id, true, signal);
  if (answer.ok) {
    return succeedWith({run: answer.value, timing: answer.timing});
  }

  return answer.failure.kind === 'not-found'
    ? whenMissing()
    : failWithFailure(answer.failure, connection.explainContext);
};

const failWithMissingId =
  (id: RunId, {serverUrl}: Connection) =>
  () =>
    failWithServerError(
      `There is no run ${id} on ${serverUrl}.`,
      'Check the id, or name the server it is on: `zentop --server URL`.',
    );

const failWithMissingUrl = (url: RunUrl, connection: Connection) => () => {
  if (isSameServer(url.dashboardUrl, connection.serverUrl)) {
    return failWithMissingId(url.id, connection)();
  }

  return failWithServerError(
    `The run is on ${url.dashboardUrl}, but ${connection.serverUrl} (${connection.settings.serverUrl.origin}) was asked and does not know it.`,
    url.workspace === undefined
      ? `Run \`zenml login ${url.dashboardUrl}\`, or name the server: \`zentop --server ${url.dashboardUrl}\`.`
      : `Run \`zenml login ${url.workspace}\`, or name the workspace's server: \`zentop --server URL\`.`,
  );
};

/** Nothing fits: runs whose names hold the word, else the newest ones, are what may have been meant. */
const failWithNoMatch = async (connection: Connection, text: string, what: string, signal: AbortSignal) => {
  const search = async (filters: Readonly<Record<string, string>>) =>
    searchRuns(connection, {filters, size: maxCandidates}, signal);
  const [alike, newest] = await Promise.all([search({name: `contains:${text}`}), search({})]);
  const similar = alike.ok ? alike.value.runs : [];
  const runs = similar.length > 0 || !newest.ok ? similar : newest.value.runs;
  const wayElse = 'name another project with `--project NAME`';
  if (runs.length === 0) {
    return failWithServerError(what, `It has no runs yet: ${wayElse}.`);
  }

  const lead = similar.length > 0 ? 'These have the word in their names' : 'Its newest runs are these';
  return failWithServerError(what, `${lead}; or ${wayElse}.`, runs.map(createRunCandidate));
};

const failWithAmbiguousRun = (text: string, {runs, total, project}: FoundRuns) =>
  failWithServerError(
    `“${text}” is the start of ${total} run ids in ${formatProject(project)}.`,
    total > maxCandidates ? `Give more of the id; these are the newest ${maxCandidates}.` : 'Give more of the id.',
    runs.slice(0, maxCandidates).map(createRunCandidate),
  );

/** A word may be a name or the start of an id; a name that fits exactly goes first. */
const resolveWord = async (
  connection: Connection,
  {text, hex}: {readonly text: string; readonly hex: string | undefined},
  signal: AbortSignal,
): Promise<Outcome<ResolvedRun>> => {
  const [byName, byPrefix] = await Promise.all([
    searchRuns(connection, {filters: {name: `equals:${text}`}, size: 1}, signal),
    hex === undefined
      ? undefined
      : searchRuns(connection, {filters: {id: `startswith:${hex}`}, size: maxCandidates}, signal),
  ]);
  if (!byName.ok) {
    return byName;
  }

  const exact = findFirstRun(byName.value);
  if (exact !== undefined) {
    return exact;
  }

  if (byPrefix !== undefined && (!byPrefix.ok || byPrefix.value.total > 1)) {
    return byPrefix.ok ? failWithAmbiguousRun(text, byPrefix.value) : byPrefix;
  }

  const orId = hex === undefined ? '' : ', nor one whose id starts so,';
  const what = `There is no run called “${text}”${orId} in ${formatProject(byName.value.project)}.`;
  return (byPrefix && findFirstRun(byPrefix.value)) ?? failWithNoMatch(connection, text, what, signal);
};

const takeNewestRun = (search: Outcome<FoundRuns>, pipeline: string | undefined): Outcome<ResolvedRun> => {
  if (!search.ok) {
    return search;
  }

  const where = formatProject(search.value.project);
  return (
    findFirstRun(search.value) ??
    (pipeline === undefined
      ? failWithServerError(
          `There are no runs in ${where} yet.`,
          'Run a pipeline, or name another project: `--project NAME`.',
        )
      : failWithServerError(
          `There is no run of a pipeline “${pipeline}” in ${where}.`,
          'Check the name with `zenml pipeline list`, or name another project: `--project NAME`.',
        ))
  );
};

/**
 * The run that RUN means. `pipeline` (name or id) narrows `latest` and no RUN at all. Fails with exit code 4 where there
 * is no such run or several, naming up to five candidates, and where the server cannot be asked.
 */
export const resolveRun = async (
  connection: Connection,
  reference: RunReference,
  pipeline: string | undefined,
  signal: AbortSignal,
): Promise<Outcome<ResolvedRun>> => {
  switch (reference.kind) {
    case 'newest':
      return takeNewestRun(await searchNewest(connection, buildPipelineFilter(pipeline), signal), pipeline);
    case 'latest':
      return takeNewestRun(
        await searchRuns(connection, {filters: buildPipelineFilter(pipeline), size: 1}, signal),
        pipeline,
      );
    case 'id':
      return fetchById(connection, reference.id, failWithMissingId(reference.id, connection), signal);
    case 'url':
      return fetchById(connection, reference.url.id, failWithMissingUrl(reference.url, connection), signal);
    case 'prefix':
      return resolveWord(connection, reference, signal);
    case 'name':
      return resolveWord(connection, {text: reference.text, hex: undefined}, signal);
    case 'no-run-url':
      return failWithUsageError(
        `“${maskUrl(reference.text)}” is not the address of a run.`,
        "Copy the address of the run's own page in the dashboard: it has /runs/ and an id in it.",
      );
  }
};
