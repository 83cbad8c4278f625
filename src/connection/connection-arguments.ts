import type {ConnectionArguments} from '../domain/zentop-command.js';
import type {Flags} from './flags.js';
import {parseServerUrl} from './server-url.js';
import type {World} from './world.js';

/**
 * The connection options of this command line, to be repeated in commands that the user can copy. Settings from the environment
 * or from files are left out, because they also apply to the next command.
 */
export const getConnectionArguments = (
  {platform}: Pick<World, 'platform'>,
  {server, project, apiKeyFile}: Omit<Flags, 'runUrl'>,
): ConnectionArguments => ({
  words: [
    ...formatOption('--server', server && formatServer(server)),
    ...formatOption('--project', project?.trim()),
    ...formatOption('--api-key-file', apiKeyFile && formatKeyFile(apiKeyFile)),
  ],
  isWindows: platform === 'win32',
});

/** A value that begins with a dash would be taken for an option. */
const formatOption = (name: string, value: string | undefined): readonly string[] =>
  value === undefined || value === '' ? [] : value.startsWith('-') ? [`${name}=${value}`] : [name, value];

/** The server's URL; if it cannot be parsed, the text without what may be a password. */
const formatServer = (text: string): string => {
  const parsed = parseServerUrl(text);
  return parsed.ok ? parsed.url : text.replace(/^([a-z][a-z0-9+.-]*:\/\/)?.*@/is, '$1').replace(/[?#].*$/s, '');
};

/**
 * The path of the key file, or a placeholder for a pipe, which cannot be read again, and for a key that was passed instead of its
 * file.
 */
const formatKeyFile = (path: string): string =>
  /^\/(?:dev|proc)\//.test(path) || /^["'\s]*ZEN[A-Z]*KEY_/.test(path) ? 'FILE' : path;
