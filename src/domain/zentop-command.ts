import {quoteForShell, quoteForWindows} from './shell-word.js';

/** What a command must repeat to reach the same server and project as this one. Contains no secrets. */
export type ConnectionArguments = {
  /** Without quotes: `['--server', 'https://…']`. */
  readonly words: readonly string[];
  /** Whether the user's shell is that of Windows. */
  readonly isWindows: boolean;
};

export const noConnectionArguments: ConnectionArguments = {words: [], isWindows: false};

/** The same options with another server. */
export const withServer = ({words, isWindows}: ConnectionArguments, serverUrl: string): ConnectionArguments => ({
  words: ['--server', serverUrl, ...(words[0] === '--server' ? words.slice(2) : words)],
  isWindows,
});

/** A command that the user can copy, quoted for the shell: `zentop logs RUN STEP --server https://…`. */
export const formatZentopCommand = (
  words: readonly string[],
  {words: connectionWords, isWindows}: ConnectionArguments,
): string => ['zentop', ...words, ...connectionWords].map(isWindows ? quoteForWindows : quoteForShell).join(' ');
