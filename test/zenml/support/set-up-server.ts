import {afterAll, afterEach, beforeAll} from 'vitest';
import type {Terminal} from '../../support/pty.js';
import {watchToAct} from './actions.js';
import {startZenmlServer, type ZenmlServer} from './server.js';
import {zenmlVersion} from './version.js';

/** Opens a run in a terminal that ends with the test. `url`: that of a proxy in front of the server. */
type OpenRun = (id: string, url?: string) => Terminal;

/** Starts a server without sign-in before the tests of a file, passes it to `onStart` and stops it after them. */
export const setUpServer = (onStart: (server: ZenmlServer) => void): OpenRun => {
  let server: ZenmlServer | undefined;
  const terminals: Terminal[] = [];
  beforeAll(async () => {
    server = await startZenmlServer({version: zenmlVersion, auth: 'none'});
    onStart(server);
  }, 900_000);
  afterAll(() => server?.stop());
  afterEach(() => {
    for (const terminal of terminals.splice(0)) {
      terminal.kill('SIGKILL');
    }
  });

  return (id, url) => {
    const terminal = watchToAct(server!, id, url);
    terminals.push(terminal);
    return terminal;
  };
};
