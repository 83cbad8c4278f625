import type {LookupFunction} from 'node:net';
import {posix, win32} from 'node:path';
import type {Log} from '../api/log-requests.js';
import type {Instant} from '../domain/instant.js';

/** The machine as this module sees it; `cli` passes in the real one, tests a fake. */
export type World = {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly homeFolder: string;
  readonly cwd: string;
  /** Node's `process.platform`: `linux`, `darwin`, `win32`, … */
  readonly platform: string;
  readonly now: () => Instant;
  /**
   * The whole file as UTF-8; `undefined` if it does not exist. Rejects if it exists but cannot be read, or is a pipe that nothing is
   * written to.
   */
  readonly readText: (path: string) => Promise<string | undefined>;
  /** The names of the files in a folder; `undefined` if it is not a folder or cannot be read. Never rejects. */
  readonly listFolder: (path: string) => Promise<readonly string[] | undefined>;
  /** Reads the CA certificates of the operating system in PEM; `undefined` if this version of Node cannot. */
  readonly loadSystemCas?: (() => readonly string[]) | undefined;
  /** When a file or folder last changed; `undefined` if it does not exist. Never rejects. */
  readonly readModifiedAt: (path: string) => Promise<Instant | undefined>;
  /** Resolves after the given number of milliseconds; without it, zentop does not wait. */
  readonly wait?: (ms: number) => Promise<void>;
  /** Looks up host names (default: as Node does). */
  readonly lookUpHost?: LookupFunction;
  /** Logs what happens, if the user asked for a log. */
  readonly log?: Log | undefined;
};

export const getPathModule = (world: World) => (world.platform === 'win32' ? win32 : posix);

/** A variable without surrounding whitespace; an empty one counts as not set, as it does for ZenML. */
export const readVariable = (world: World, name: string): string | undefined => world.env[name]?.trim() || undefined;
