import {type Connection, openConnection} from '../../connection/open-connection.js';
import {overHttp} from '../../connection/open-transport.js';
import {resolveRun} from '../../connection/resolve-run.js';
import {parseRunReference} from '../../connection/run-reference.js';
import {searchRuns} from '../../connection/run-search.js';
import type {World} from '../../connection/world.js';
import type {Run} from '../../domain/run.js';
import {safeText} from '../../format/safe-text.js';
import {fetchStepNames} from '../logs/find-step.js';
import {version} from '../version.js';
import type {Candidate, ServerWords} from './candidates.js';
import type {TypedWords} from './typed-words.js';

/** So many of the newest runs are offered. */
const mostRuns = 50;

/**
 * Asks the server that the command line, or else the configuration, names. What fails, or is not there when `signal` aborts, is
 * nothing.
 */
export const serverWords = (world: World, values: TypedWords['values'], signal: AbortSignal): ServerWords => {
  const tooLate = new Promise<readonly []>(resolve => signal.addEventListener('abort', () => resolve([])));
  const asked = (ask: (connection: Connection) => Promise<readonly Candidate[]>) =>
    Promise.race([tooLate, answered(ask).catch(() => [])]);
  const answered = async (ask: (connection: Connection) => Promise<readonly Candidate[]>) => {
    const flags = {
      server: values.get('server'),
      project: values.get('project'),
      apiKeyFile: values.get('api-key-file')?.replace(/^~(?=\/)/, world.homeDir),
      runUrl: undefined,
    };
    const connection = await openConnection(world, flags, overHttp(world, version), signal);
    return connection.ok ? ask(connection.value) : [];
  };
  const newestRuns = async (connection: Connection): Promise<readonly Run[]> => {
    const found = await searchRuns(connection, {filters: {}, size: mostRuns}, signal);
    return found.ok ? found.value.runs : [];
  };
  return {
    runs: beginning =>
      asked(async connection => (await newestRuns(connection)).flatMap(run => candidatesOf(run, beginning))),
    pipelines: () =>
      asked(async connection => named((await newestRuns(connection)).flatMap(({pipeline}) => pipeline?.name ?? []))),
    projects: () =>
      asked(async ({client}) => {
        const projects = await client.fetchProjects(signal);
        return projects.ok ? named(projects.value.map(({name}) => name)) : [];
      }),
    steps: text =>
      asked(async connection => {
        const run = await resolveRun(connection, parseRunReference(text), undefined, signal);
        const names = run.ok ? await fetchStepNames(connection.client, run.value.run, signal) : undefined;
        return names?.ok === true ? named(names.value) : [];
      }),
  };
};

/** A name with characters that no shell should get is left out: the id does as well. */
const isPlain = (text: string): boolean => text !== '' && safeText(text) === text;

const named = (names: readonly string[]): readonly Candidate[] =>
  [...new Set(names)].filter(isPlain).map(word => ({word}));

/** How many characters of an id are told from those of all others, as a rule. */
const shortId = 8;

const candidatesOf = ({id, name, statusWord}: Run, beginning: string): readonly Candidate[] => [
  ...(isPlain(name) ? [{word: name, meaning: safeText(statusWord)}] : []),
  {word: beginning.length > shortId ? id : id.slice(0, shortId), meaning: `${safeText(name)}, ${safeText(statusWord)}`},
];
