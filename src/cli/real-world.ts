import {readFile, stat} from 'node:fs/promises';
import {homedir} from 'node:os';
import type {World} from '../connection/world.js';

/** The machine as the connection sees it. Files are read, never written. */
export const realWorld = (): World => ({
  env: process.env,
  homeDir: homedir(),
  cwd: process.cwd(),
  platform: process.platform,
  now: () => Date.now(),
  readText: async path => {
    try {
      return await readFile(path, 'utf8');
    } catch (error) {
      if (isAbsence(error)) {
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

const absenceCodes = new Set(['ENOENT', 'ENOTDIR']);

const isAbsence = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' && absenceCodes.has(error.code);
