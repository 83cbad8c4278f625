import {type FileHandle, open, unlink} from 'node:fs/promises';
import {homedir} from 'node:os';
import {resolve} from 'node:path';
import {formatLog} from '../../format/log/log-text.js';
import {pluralize} from '../../format/plural.js';
import {getShownTail} from '../../store/logs/shown-log.js';
import type {State} from '../../store/state.js';

type SaveResult = {readonly isSaved: boolean; readonly text: string};

/** A log may contain anything, so only the user may read the file. */
const ownerOnlyMode = 0o600;

/**
 * Writes the shown log, as far as it is loaded, to a file that must not exist yet; `~/` means the home directory. If it
 * cannot be written whole, no file is left behind. Control characters are made visible, since the file may be printed with `cat`.
 */
export const saveLog = async ({openRun}: State, path: string): Promise<SaveResult> => {
  const {lines} = openRun === undefined ? {lines: undefined} : getShownTail(openRun);
  if (lines === undefined || lines.end === lines.first) {
    return {isSaved: false, text: 'nothing to save'};
  }

  const file = resolve(path.replace(/^~(?=\/|$)/, homedir()));
  const hasTimes = openRun?.logs.hasTimes === true;
  const texts = lines.chunks.map(chunk => formatLog(chunk.lines, {hasTimes}));
  try {
    await writeNewFile(file, texts);
    return {isSaved: true, text: `saved ${pluralize(lines.end - lines.first, 'line')} to ${path}`};
  } catch (error) {
    return {isSaved: false, text: explainSaveError(error, path)};
  }
};

const writeNewFile = async (path: string, texts: readonly string[]): Promise<void> => {
  const handle = await open(path, 'wx', ownerOnlyMode);
  try {
    await writeAll(handle, texts);
  } catch (error) {
    await unlink(path).catch(() => undefined);
    throw error;
  }
};

const writeAll = async (handle: FileHandle, texts: readonly string[]): Promise<void> => {
  try {
    for (const text of texts) {
      await handle.appendFile(text);
    }
  } finally {
    await handle.close();
  }
};

const explainSaveError = (error: unknown, path: string): string => {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  switch (code) {
    case 'EEXIST':
      return `${path} already exists: choose another name`;

    case 'ENOENT':
      return `directory of ${path} not found`;

    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return `permission denied: ${path}`;

    case 'ENOSPC':
    case 'EDQUOT':
      return 'disk full';

    case 'EFBIG':
      return `${path} would exceed the file size limit`;

    default:
      return `could not write ${path}: ${error instanceof Error ? error.message : String(error)}`;
  }
};
