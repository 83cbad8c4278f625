import type {Client} from '../api/client.js';
import {type ProjectId, toProjectId} from '../domain/ids.js';
import type {Project} from '../domain/server.js';
import {failWithFailure} from './explain-failure.js';
import type {ExplainContext} from './explanation.js';
import {failWithServerError, type Outcome, succeedWith} from './problem.js';
import type {WantedProject} from './settings.js';

/** The project whose runs are listed. */
export type ProjectChoice = {
  readonly id: ProjectId;
  /** `undefined` if only the ID was read from a file. */
  readonly name: string | undefined;
  readonly origin: string;
  /** Chosen among several projects, although nothing says which one is meant. */
  readonly isGuess?: boolean;
};

const isUuid = (text: string): boolean => /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);

const createProjectChoice = ({id, name}: Project, origin: string): ProjectChoice => ({id, name, origin});

type ChooseOptions = {
  readonly context: ExplainContext;
  /** Whether the user can choose another project. */
  readonly canGuess: boolean;
};

const maxListedProjects = 5;

const formatProjectNames = (projects: readonly Project[]): string => {
  const names = projects.slice(0, maxListedProjects).map(({name}) => name);
  return names.join(', ') + (projects.length > names.length ? `, … (${projects.length})` : '');
};

const suggestProject = (projects: readonly Project[]): string =>
  projects.length === 0
    ? 'Create one with `zenml project register NAME`, or ask for access to one.'
    : `Choose one with --project NAME. Available: ${formatProjectNames(projects)}.`;

/** An ID means nothing to the user, and the server does not know its name. */
const formatMissingProject = ({serverUrl}: Client, {value, origin}: WantedProject): string =>
  isUuid(value)
    ? `The project from ${origin} does not exist on ${serverUrl}.`
    : `No project “${value}” on ${serverUrl} (from ${origin}).`;

/** Fails with the names of the projects that do exist. */
const failWithMissingProject = async (
  client: Client,
  wanted: WantedProject,
  context: ExplainContext,
  signal: AbortSignal,
) => {
  const projects = await client.fetchProjects(signal);
  return projects.ok
    ? failWithServerError(formatMissingProject(client, wanted), suggestProject(projects.value))
    : failWithFailure(projects.failure, context);
};

/**
 * Chooses a project if none was named, or the one in a file does not exist. In ZenML's order: the user's own default, then the only
 * one; after that the one named `default`. If there is none of these, the first one, provided that the user can choose another.
 */
const chooseFallbackProject = async (
  client: Client,
  wanted: WantedProject | undefined,
  {context, canGuess}: ChooseOptions,
  signal: AbortSignal,
): Promise<Outcome<ProjectChoice>> => {
  const [user, projects] = await Promise.all([client.fetchCurrentUser(signal), client.fetchProjects(signal)]);
  if (!projects.ok) {
    return failWithFailure(projects.failure, context);
  }

  const userDefaultProject = user.ok ? projects.value.find(({id}) => id === user.value.defaultProjectId) : undefined;
  if (userDefaultProject !== undefined) {
    return succeedWith(createProjectChoice(userDefaultProject, "the user's default project"));
  }

  const [first, second] = projects.value;
  if (first !== undefined && second === undefined) {
    return succeedWith(createProjectChoice(first, 'the only project'));
  }

  const byName = projects.value.find(({name}) => name === 'default');
  if (byName !== undefined) {
    return succeedWith({...createProjectChoice(byName, 'the project named default'), isGuess: true});
  }

  if (first !== undefined && canGuess) {
    return succeedWith({...createProjectChoice(first, 'the first project'), isGuess: true});
  }

  const message =
    wanted === undefined
      ? `${client.serverUrl} has several projects and none is selected.`
      : formatMissingProject(client, wanted);
  return failWithServerError(
    projects.value.length === 0 ? `You have no access to any project on ${client.serverUrl}.` : message,
    suggestProject(projects.value),
  );
};

/** Chooses another project if the server does not know the wanted one, unless the user named that one. */
export const replaceMissingProject = async (
  client: Client,
  wanted: WantedProject | undefined,
  options: ChooseOptions,
  signal: AbortSignal,
): Promise<Outcome<ProjectChoice>> =>
  wanted?.isExplicit
    ? failWithMissingProject(client, wanted, options.context, signal)
    : chooseFallbackProject(client, wanted, options, signal);

/**
 * The project whose runs are listed. An ID is not checked, which saves a request: the next request with it shows whether it
 * exists (if not, see `chooseOtherProject`).
 */
export const chooseProject = async (
  client: Client,
  wanted: WantedProject | undefined,
  options: ChooseOptions,
  signal: AbortSignal,
): Promise<Outcome<ProjectChoice>> => {
  if (wanted === undefined) {
    return chooseFallbackProject(client, wanted, options, signal);
  }

  if (isUuid(wanted.value)) {
    return succeedWith({id: toProjectId(wanted.value.toLowerCase()), name: undefined, origin: wanted.origin});
  }

  const project = await client.fetchProject(wanted.value, signal);
  if (project.ok) {
    return succeedWith(createProjectChoice(project.value, wanted.origin));
  }

  return project.failure.kind === 'not-found'
    ? replaceMissingProject(client, wanted, options, signal)
    : failWithFailure(project.failure, options.context);
};
