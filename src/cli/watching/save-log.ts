import {once} from 'node:events';
import {createWriteStream} from 'node:fs';
import {resolve} from 'node:path';
import {formatLog} from '../../format/log/log-text.js';
import {pluralize} from '../../format/plural.js';
import {getShownTail} from '../../store/logs/shown-log.js';
import type {State} from '../../store/state.js';

type SaveResult = {readonly isSaved: boolean; readonly text: string};

/**
 * Writes the shown log, as far as it is loaded, to a file that must not exist yet. Control characters are made visible,
 * since the file may be printed with `cat`.
 */
export const saveLog = async ({openRun}: State, path: string): Promise<SaveResult> => {
  const {lines} = openRun === undefined ? {lines: undefined} : getShownTail(openRun);
  if (lines === undefined || lines.end === lines.first) {
    return {isSaved: false, text: 'nothing to save'};
  }

  const count = pluralize(lines.end - lines.first, 'line');
  const file = createWriteStream(resolve(path), {flags: 'wx'});
  try {
    await once(file, 'open');
    for (const chunk of lines.chunks) {
      file.write(formatLog(chunk.lines, {hasTimes: openRun?.logs.hasTimes === true}));
    }

    file.end();
    await once(file, 'close');
    return {isSaved: true, text: `saved ${count} to ${path}`};
  } catch (error) {
    return {isSaved: false, text: explainSaveError(error, path)};
  }
};

const explainSaveError = (error: unknown, path: string): string => {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  switch (code) {
    case 'EEXIST':
      return `${path} already exists (press S to choose another name)`;

    case 'ENOENT':
      return `directory of ${path} not found`;

    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return `permission denied: ${path}`;

    case 'ENOSPC':
      return 'disk full';

    default:
      return `could not write ${path}: ${error instanceof Error ? error.message : String(error)}`;
  }
};
