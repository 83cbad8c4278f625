import {readFileSync} from 'node:fs';
import type {Flags} from '../../../src/connection/flags.js';
import type {World} from '../../../src/connection/world.js';
import type {Instant} from '../../../src/domain/instant.js';

export type FakeWorld = World & {
  /** Writes a file as another program would: it is newer than every other file. */
  readonly write: (path: string, text: string) => void;
  readonly moveClockTo: (at: Instant) => void;
};

type FakeWorldParts = {
  readonly files?: Readonly<Record<string, string>>;
  /** Files that exist but cannot be read. */
  readonly locked?: readonly string[];
  readonly env?: World['env'];
  readonly platform?: string;
  readonly systemCas?: readonly string[];
};

export const configPath = '/home/ada/.config/zenml/config.yaml';
export const credentialsPath = '/home/ada/.config/zenml/credentials.yaml';

/** A fake machine: its files, environment variables and clock are plain values. */
export const aWorld = (parts: FakeWorldParts = {}): FakeWorld => {
  const files = new Map(Object.entries(parts.files ?? {}).map(([path, text], index) => [path, {text, at: index + 1}]));
  let writeCount = 0;
  let now = Date.UTC(2026, 10, 24, 6, 30);
  return {
    env: parts.env ?? {},
    homeFolder: '/home/ada',
    cwd: '/home/ada/code/pipelines',
    platform: parts.platform ?? 'linux',
    now: () => now,
    readText: async path => {
      if (parts.locked?.includes(path)) {
        throw new Error('EACCES: permission denied');
      }

      return files.get(path)?.text;
    },
    listFolder: async path => {
      const names = [...files.keys()].flatMap(name =>
        name.startsWith(`${path}/`) ? [name.slice(path.length + 1)] : [],
      );
      return names.length === 0 ? undefined : names;
    },
    loadSystemCas: parts.systemCas && (() => parts.systemCas ?? []),
    readModifiedAt: async path => {
      const inside = [...files.keys()].some(name => name.startsWith(`${path}/`));
      return files.get(path)?.at ?? (inside || parts.locked?.includes(path) ? 1 : undefined);
    },
    write: (path, text) => {
      writeCount += 1;
      files.set(path, {text, at: 1000 + writeCount});
    },
    moveClockTo: at => {
      now = at;
    },
  };
};

/** The recorded `config.yaml` after `zenml login URL --api-key`, with the URL of another server if one is given. */
export const readRecordedConfig = (url = 'http://127.0.0.1:8300'): string =>
  readFileSync('test/fixtures/0.98.0/client-config.yaml', 'utf8').replaceAll('http://127.0.0.1:8300', url);

/** The recorded `credentials.yaml` after the same command. */
export const readRecordedCredentials = (url = 'http://127.0.0.1:8300'): string =>
  readFileSync('test/fixtures/0.98.0/client-credentials.yaml', 'utf8').replaceAll('http://127.0.0.1:8300', url);

/** When the token of the recorded credentials stops being used: 3 minutes before it expires. */
export const recordedTokenUsableUntil: Instant = Date.parse('2026-11-24T07:27:28.727Z') - 180_000;

export const noFlags: Flags = {server: undefined, project: undefined, apiKeyFile: undefined, runUrl: undefined};
