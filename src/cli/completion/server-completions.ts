import {type Connection, openConnection} from '../../connection/open-connection.js';
import {createOpenHttpTransport} from '../../connection/open-transport.js';
import {resolveRun} from '../../connection/resolve-run.js';
import {parseRunReference} from '../../connection/run-reference.js';
import {searchRuns} from '../../connection/run-search.js';
import type {World} from '../../connection/world.js';
import type {Run} from '../../domain/run.js';
import {sanitizeText} from '../../format/safe-text.js';
import {fetchStepNames} from '../logs/find-step.js';
import {version} from '../version.js';
import type {Completion, ServerCompletions} from './completions.js';
import type {PartialCommandLine} from './partial-command-line.js';

/** So many of the newest runs are offered. */
const maxOfferedRuns = 50;

/**
 * Asks the server that the command line, or else the configuration, names. What fails, or is not there when `signal` aborts, is
 * nothing.
 */
export const createServerCompletions = (
  world: World,
  values: PartialCommandLine['values'],
  signal: AbortSignal,
): ServerCompletions => {
  const tooLate = new Promise<readonly []>(resolve => signal.addEventListener('abort', () => resolve([])));
  const asked = (ask: (connection: Connection) => Promise<readonly Completion[]>) =>
    Promise.race([tooLate, answered(ask).catch(() => [])]);
  const answered = async (ask: (connection: Connection) => Promise<readonly Completion[]>) => {
    const flags = {
      server: values.get('server'),
      project: values.get('project'),
      apiKeyFile: values.get('api-key-file')?.replace(/^~(?=\/)/, world.homeDir),
      runUrl: undefined,
    };
    const connection = await openConnection(world, flags, createOpenHttpTransport(world, version), signal);
    return connection.ok ? ask(connection.value) : [];
  };
  const newestRuns = async (connection: Connection): Promise<readonly Run[]> => {
    const found = await searchRuns(connection, {filters: {}, size: maxOfferedRuns}, signal);
    return found.ok ? found.value.runs : [];
  };
  return {
    runs: beginning =>
      asked(async connection => (await newestRuns(connection)).flatMap(run => createRunCompletions(run, beginning))),
    pipelines: () =>
      asked(async connection =>
        createNameCompletions((await newestRuns(connection)).flatMap(({pipeline}) => pipeline?.name ?? [])),
      ),
    projects: () =>
      asked(async ({client}) => {
        const projects = await client.fetchProjects(signal);
        return projects.ok ? createNameCompletions(projects.value.map(({name}) => name)) : [];
      }),
    steps: text =>
      asked(async connection => {
        const run = await resolveRun(connection, parseRunReference(text), undefined, signal);
        const names = run.ok ? await fetchStepNames(connection.client, run.value.run, signal) : undefined;
        return names?.ok === true ? createNameCompletions(names.value) : [];
      }),
  };
};

/** A name with characters that no shell should get is left out: the id does as well. */
const isShellSafe = (text: string): boolean => text !== '' && sanitizeText(text) === text;

const createNameCompletions = (names: readonly string[]): readonly Completion[] =>
  [...new Set(names)].filter(isShellSafe).map(word => ({word}));

/** How many characters of an id are told from those of all others, as a rule. */
const shortIdLength = 8;

const createRunCompletions = ({id, name, statusWord}: Run, beginning: string): readonly Completion[] => [
  ...(isShellSafe(name) ? [{word: name, meaning: sanitizeText(statusWord)}] : []),
  {
    word: beginning.length > shortIdLength ? id : id.slice(0, shortIdLength),
    meaning: `${sanitizeText(name)}, ${sanitizeText(statusWord)}`,
  },
];
