import type {ChildProcess} from 'node:child_process';
import {fileURLToPath} from 'node:url';
import {startTerminal, type Terminal} from '../../support/pty.js';
import {type Environment, type ProgramResult, type RunningChild, startProgram} from './child.js';
import type {ZenmlServer} from './server.js';

const checkout = fileURLToPath(new URL('../../../', import.meta.url));
/** The built program of this checkout, or another one that ZENTOP_PROGRAM names, such as an installed one. */
const program = process.env['ZENTOP_PROGRAM'] ?? `${checkout}bin/zentop.js`;

/** Variables that make the program use this server, with an empty ZenML configuration of its own. */
export const buildSettings = (server: ZenmlServer, added: Environment = {}): Environment => ({
  ZENML_CONFIG_PATH: server.createFolder('empty-config'),
  ZENML_STORE_URL: server.url,
  ...added,
});

const replaceZenmlVariables = (settings: Environment): Environment => ({
  ...Object.fromEntries(
    Object.keys(process.env).flatMap(name => (name.startsWith('ZENML_') ? [[name, undefined]] : [])),
  ),
  ...settings,
});

/** Starts the built program in a pseudo-terminal, outside any directory that has a `.zen` folder. */
export const watch = (
  server: ZenmlServer,
  args: readonly string[],
  settings: Environment = buildSettings(server),
  size: {readonly cols: number; readonly rows: number} = {cols: 120, rows: 40},
): Terminal =>
  startTerminal({
    command: process.execPath,
    args: [program, ...args],
    ...size,
    cwd: server.createFolder('elsewhere'),
    env: replaceZenmlVariables(settings),
  });

/** Starts the built program without a terminal. */
export const start = (
  server: ZenmlServer,
  args: readonly string[],
  settings: Environment = buildSettings(server),
): RunningChild<ChildProcess> =>
  startProgram(process.execPath, [program, ...args], {cwd: server.createFolder('elsewhere'), env: settings});

/** Runs the built program without a terminal; resolves with its result when it has ended. */
export const run = (
  server: ZenmlServer,
  args: readonly string[],
  settings: Environment = buildSettings(server),
): Promise<ProgramResult> => start(server, args, settings).done;
