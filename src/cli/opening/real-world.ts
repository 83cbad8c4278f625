import {readdir, stat} from 'node:fs/promises';
import {homedir} from 'node:os';
import type {World} from '../../connection/world.js';
import {lookUpHost} from './look-up-host.js';
import {readFileBytes} from './read-file-bytes.js';

/** The machine as the connection module sees it. Files are never written. */
export const createRealWorld = (): World => ({
  env: process.env,
  homeFolder: homedir(),
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
  listFolder: path => readdir(path).catch(() => undefined),
  loadSystemCas: hasSystemCas(process.versions.node) ? loadSystemCas : undefined,
  readModifiedAt: async path => {
    try {
      return (await stat(path)).mtimeMs;
    } catch {
      return undefined;
    }
  },
});

/** Node 22.15, 23.9 and later can read the certificates that the operating system trusts. */
const hasSystemCas = (version: string): boolean => {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > 23 || (major === 23 && minor >= 9) || (major === 22 && minor >= 15);
};

/** Loads `node:tls` only if it is needed. */
const loadSystemCas = (): readonly string[] => process.getBuiltinModule('node:tls').getCACertificates('system');

const missingFileCodes = new Set(['ENOENT', 'ENOTDIR']);

const isMissingFileError = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' && missingFileCodes.has(error.code);
