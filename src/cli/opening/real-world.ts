import {stat} from 'node:fs/promises';
import {homedir} from 'node:os';
import type {World} from '../../connection/world.js';
import {lookUpHost} from './look-up-host.js';
import {readFileBytes} from './read-file-bytes.js';

/** The machine as the connection module sees it. Files are only read. */
export const createRealWorld = (): World => ({
  env: process.env,
  homeDir: homedir(),
  cwd: process.cwd(),
  platform: process.platform,
  now: () => Date.now(),
  lookUpHost,
  wait: ms => new Promise(resolve => setTimeout(resolve, ms)),
  readText: async path => {
    try {
      return new TextDecoder().decode(await readFileBytes(path));
    } catch (error) {
      if (isMissingFileError(error)) {
        return undefined;
      }

      throw error;
    }
  },
  modifiedAt: async path => {
    try {
      return (await stat(path)).mtimeMs;
    } catch {
      return undefined;
    }
  },
});

const missingFileCodes = new Set(['ENOENT', 'ENOTDIR']);

const isMissingFileError = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' && missingFileCodes.has(error.code);
