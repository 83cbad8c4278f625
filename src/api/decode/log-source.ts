import type {LogSource} from '../../domain/log/entry.js';
import {decodeEntity, type Entity} from './entity.js';
import {decodeEach, decodeWord, removeDuplicates, type Wire} from './wire.js';

const decodeLogSource =
  (defaultSource: string) =>
  (whole: Wire): LogSource | undefined => {
    const {body} = decodeEntity(whole);
    const id = decodeWord(whole['id']);
    return id === undefined ? undefined : {id, source: decodeWord(body['source']) ?? defaultSource};
  };

/**
 * Logs of a run or step: a list since 0.84 (runs) and 0.93 (steps), a single entity before that, without a source before
 * 0.84. In that case, the source is `defaultSource`.
 */
export const decodeLogSources = (
  {resources, metadata}: Entity,
  defaultSource: 'step' | 'client',
): readonly LogSource[] => {
  const collection = resources['log_collection'];
  const found = Array.isArray(collection) ? collection : [resources['logs'] ?? metadata['logs']];
  return removeDuplicates(decodeEach(found, decodeLogSource(defaultSource)), source => source.id);
};
