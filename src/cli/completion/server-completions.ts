import {type Connection, openConnection} from '../../connection/open-connection.js';
import {createOpenHttpTransport} from '../../connection/open-transport.js';
import {resolveRun} from '../../connection/resolve-run.js';
import {parseRunReference} from '../../connection/run-reference.js';
import {searchRuns} from '../../connection/run-search.js';
import type {World} from '../../connection/world.js';
import type {Run} from '../../domain/run.js';
import {sanitizeText} from '../../format/safe-text.js';
import {fetchStepNames} from '../logs/find-step.js';
import {version} from '../printing/version.js';
import type {Completion, ServerCompletions} from './completions.js';
import type {PartialCommandLine} from './partial-command-line.js';

/** How many of the newest runs are offered. */
const maxOfferedRuns = 50;

/**
 * Completions from the server that the command line or the configuration names. There are none if a request fails or has
 * no response before `signal` aborts.
 */
export const createServerCompletions = (
  world: World,
  valuesByName: PartialCommandLine['valuesByName'],
  signal: AbortSignal,
): ServerCompletions => {
  const tooLate = new Promise<readonly []>(resolve => signal.addEventListener('abort', () => resolve([])));
  const fetchInTime = (find: (connection: Connection) => Promise<readonly Completion[]>) =>
    Promise.race([tooLate, fetchCompletions(find).catch(() => [])]);
  const fetchCompletions = async (find: (connection: Connection) => Promise<readonly Completion[]>) => {
    const flags = {
      server: valuesByName.get('server'),
      project: valuesByName.get('project'),
      apiKeyFile: valuesByName.get('api-key-file')?.replace(/^~(?=\/)/, world.homeFolder),
      runUrl: undefined,
    };
    const connection = await openConnection(world, flags, createOpenHttpTransport(world, version), signal);
    return connection.ok ? find(connection.value) : [];
  };
  const fetchNewestRuns = async (connection: Connection): Promise<readonly Run[]> => {
    const found = await searchRuns(connection, {filters: {}, size: maxOfferedRuns}, signal);
    return found.ok ? found.value.runs : [];
  };
  return {
    listRuns: typed =>
      fetchInTime(async connection =>
        (await fetchNewestRuns(connection)).flatMap(run => createRunCompletions(run, typed)),
      ),
    listPipelines: () =>
      fetchInTime(async connection =>
        createNameCompletions((await fetchNewestRuns(connection)).flatMap(({pipeline}) => pipeline?.name ?? [])),
      ),
    listProjects: () =>
      fetchInTime(async ({client}) => {
        const projects = await client.fetchProjects(signal);
        return projects.ok ? createNameCompletions(projects.value.map(({name}) => name)) : [];
      }),
    listSteps: text =>
      fetchInTime(async connection => {
        const run = await resolveRun(connection, parseRunReference(text), undefined, signal);
        const names = run.ok ? await fetchStepNames(connection.client, run.value.run, signal) : undefined;
        return names?.ok === true ? createNameCompletions(names.value) : [];
      }),
  };
};

/** A name with characters that are unsafe in a shell is left out; the ID can be used instead. */
const isShellSafe = (text: string): boolean => text !== '' && sanitizeText(text) === text;

const createNameCompletions = (names: readonly string[]): readonly Completion[] =>
  [...new Set(names)].filter(isShellSafe).map(word => ({word}));

/** This many characters of an ID are usually unambiguous. */
const shortIdLength = 8;

const createRunCompletions = ({id, name, statusWord}: Run, typed: string): readonly Completion[] => [
  ...(isShellSafe(name) ? [{word: name, meaning: sanitizeText(statusWord)}] : []),
  {
    word: typed.length > shortIdLength ? id : id.slice(0, shortIdLength),
    meaning: `${sanitizeText(name)}, ${sanitizeText(statusWord)}`,
  },
];
