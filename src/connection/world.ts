import {posix, win32} from 'node:path';
import type {Instant} from '../domain/instant.js';

/** What the connection has to know of the machine it runs on; `cli` hands in the real one, a test a made-up one. */
export type World = {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly homeDir: string;
  readonly cwd: string;
  /** Node's word: `linux`, `darwin`, `win32`, … */
  readonly platform: string;
  readonly now: () => Instant;
  /** The whole file as UTF-8; `undefined` when there is none. Rejects when it is there and cannot be read. */
  readonly readText: (path: string) => Promise<string | undefined>;
  /** When a file or folder last changed; `undefined` when there is none. Never rejects. */
  readonly modifiedAt: (path: string) => Promise<Instant | undefined>;
};

export const getPathModule = (world: World) => (world.platform === 'win32' ? win32 : posix);

/** A variable that is set to something; ZenML treats an empty one as not set. */
export const readVariable = (world: World, name: string): string | undefined => world.env[name]?.trim() || undefined;
