import {writeFileSync} from 'node:fs';
import {join} from 'node:path';
import type {ZenmlServer} from './server.js';

/** Starts `slow.py` with steps of a second each, the first of which lasts until `release` is called. */
export const startHeldRun = async (server: ZenmlServer, name: string, steps: number) => {
  const file = join(server.createFolder('released'), name);
  const args = ['--steps', String(steps), '--seconds', '1', '--until', file];
  return {...(await server.startRun('slow.py', args)), release: () => writeFileSync(file, '')};
};
