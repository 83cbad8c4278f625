import type {Client} from '../api/client.js';
import {type ProjectId, parseProjectId} from '../domain/ids.js';
import type {Project} from '../domain/server.js';
import {type ExplainContext, failWithFailure} from './explain-failure.js';
import {failWithServerError, type Outcome, succeedWith} from './problem.js';
import type {WantedProject} from './settings.js';

/** The project whose runs are listed. `name` is not known while only the id was read from a file. */
export type ProjectChoice = {readonly id: ProjectId; readonly name: string | undefined; readonly origin: string};

const isUuid = (text: string): boolean => /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);

const createProjectChoice = ({id, name}: Project, origin: string): ProjectChoice => ({id, name, origin});

const maxListedProjects = 5;

const formatProjectNames = (projects: readonly Project[]): string => {
  const names = projects.slice(0, maxListedProjects).map(({name}) => name);
  return names.join(', ') + (projects.length > names.length ? `, … (${projects.length})` : '');
};

const suggestProject = (projects: readonly Project[]): string =>
  projects.length === 0
    ? 'Create one with `zenml project register NAME`, or ask for access to one.'
    : `Choose one with \`zentop --project NAME\`: ${formatProjectNames(projects)}.`;

/** The project asked for does not exist: which do? */
const failWithMissingProject = async (
  client: Client,
  wanted: WantedProject,
  context: ExplainContext,
  signal: AbortSignal,
) => {
  const projects = await client.fetchProjects(signal);
  return projects.ok
    ? failWithServerError(
        `There is no project “${wanted.value}” (${wanted.origin}) on ${client.serverUrl}.`,
        suggestProject(projects.value),
      )
    : failWithFailure(projects.failure, context);
};

/**
 * A project where none was named, or the one in a file does not exist: by ZenML's order the user's own default, then the
 * only one there is; after that the one called `default`.
 */
const chooseFallbackProject = async (
  client: Client,
  wanted: WantedProject | undefined,
  context: ExplainContext,
  signal: AbortSignal,
): Promise<Outcome<ProjectChoice>> => {
  const [user, projects] = await Promise.all([client.fetchCurrentUser(signal), client.fetchProjects(signal)]);
  if (!projects.ok) {
    return failWithFailure(projects.failure, context);
  }

  const own = user.ok ? projects.value.find(({id}) => id === user.value.defaultProjectId) : undefined;
  if (own !== undefined) {
    return succeedWith(createProjectChoice(own, "the user's default project"));
  }

  const [only, another] = projects.value;
  if (only !== undefined && another === undefined) {
    return succeedWith(createProjectChoice(only, 'the only project there is'));
  }

  const byName = projects.value.find(({name}) => name === 'default');
  if (byName !== undefined) {
    return succeedWith(createProjectChoice(byName, 'the project called default'));
  }

  const what =
    wanted === undefined
      ? `${client.serverUrl} has several projects and none is set as yours.`
      : `There is no project “${wanted.value}” (${wanted.origin}) on ${client.serverUrl}.`;
  return failWithServerError(
    projects.value.length === 0 ? `You can see no project on ${client.serverUrl}.` : what,
    suggestProject(projects.value),
  );
};

/** What to do when the server does not know the project: another may do, unless it was asked for by name. */
export const chooseOtherProject = async (
  client: Client,
  wanted: WantedProject | undefined,
  context: ExplainContext,
  signal: AbortSignal,
): Promise<Outcome<ProjectChoice>> =>
  wanted?.isFirm
    ? failWithMissingProject(client, wanted, context, signal)
    : chooseFallbackProject(client, wanted, context, signal);

/**
 * The project to list runs of. An id is believed without asking: what is asked with it next shows whether it exists
 * (then `chooseOtherProject`).
 */
export const chooseProject = async (
  client: Client,
  wanted: WantedProject | undefined,
  context: ExplainContext,
  signal: AbortSignal,
): Promise<Outcome<ProjectChoice>> => {
  if (wanted === undefined) {
    return chooseFallbackProject(client, wanted, context, signal);
  }

  if (isUuid(wanted.value)) {
    return succeedWith({id: parseProjectId(wanted.value.toLowerCase()), name: undefined, origin: wanted.origin});
  }

  const project = await client.fetchProject(wanted.value, signal);
  if (project.ok) {
    return succeedWith(createProjectChoice(project.value, wanted.origin));
  }

  return project.failure.kind === 'not-found'
    ? chooseOtherProject(client, wanted, context, signal)
    : failWithFailure(project.failure, context);
};
