import {dirname} from 'node:path';
import {fileURLToPath} from 'node:url';
import {getKeyBytes} from '../../support/key-bytes.js';
import type {Terminal} from '../../support/pty.js';
import {type ProgramResult, startProgram} from './child.js';
import {buildSettings, watch} from './program.js';
import type {ZenmlServer} from './server.js';

const pipelines = fileURLToPath(new URL('../pipelines', import.meta.url));

/** Watches a run in a terminal to which zentop sends the text that it copies. `url` may be that of a proxy in front of the server. */
export const watchToAct = (server: ZenmlServer, id: string, url = server.url): Terminal =>
  watch(server, [id], {
    ...buildSettings(server, {ZENML_STORE_URL: url}),
    DISPLAY: undefined,
    WAYLAND_DISPLAY: undefined,
    SSH_CONNECTION: undefined,
    TMUX: undefined,
    STY: undefined,
  });

export const press = (terminal: Terminal, ...keys: readonly string[]): void =>
  terminal.type(keys.map(getKeyBytes).join(''));

/** The text that the program copied last. */
const findCopiedText = (terminal: Terminal): string | undefined => {
  const sent = terminal
    .rawBytes()
    .toString()
    .match(/\x1b\]52;c;([^\x07\x1b]*)/g)
    ?.at(-1);
  return sent === undefined ? undefined : Buffer.from(sent.slice('\x1b]52;c;'.length), 'base64').toString();
};

/** Presses keys, and resolves with the text that the program then copies. */
export const copyWith = async (terminal: Terminal, ...keys: readonly string[]): Promise<string> => {
  const before = findCopiedText(terminal);
  press(terminal, ...keys);
  await terminal.waitFor(() => findCopiedText(terminal) !== undefined && findCopiedText(terminal) !== before);
  return findCopiedText(terminal) ?? '';
};

/** Opens the menu of actions; resolves with the digit of the entry whose beginning matches the regular expression `words`. */
export const findInMenu = async (terminal: Terminal, words: string): Promise<string> => {
  press(terminal, 'A');
  const row = new RegExp(`^[ ›>]*(\\d) +${words}`);
  const lines = await terminal.waitFor(shown => shown.some(line => row.test(line)));
  return lines.map(line => row.exec(line)?.[1]).find(digit => digit !== undefined) ?? '';
};

/** Runs a shell command in the folder of the pipelines, with the server's version of ZenML. */
export const runInShell = (server: ZenmlServer, command: string): Promise<ProgramResult> =>
  startProgram('sh', ['-c', command], {
    cwd: pipelines,
    env: {...server.clientEnv, PATH: `${dirname(server.python)}:${process.env['PATH']}`},
  }).done;
