import type {LogSource} from '../../domain/log.js';
import {type Entity, entityOf} from './entity.js';
import {eachOf, uniqueBy, type Wire, word} from './wire.js';

const logSourceOf =
  (unnamed: string) =>
  (whole: Wire): LogSource | undefined => {
    const {body} = entityOf(whole);
    const id = word(whole['id']);
    return id === undefined
      ? undefined
      : {id, source: word(body['source']) ?? unnamed, logStoreId: word(body['log_store_id'])};
  };

/**
 * Logs of a run or step: a list from 0.84 (runs) and 0.93 (steps) on, one entity before, without a source before 0.84.
 * `unnamed` is the source that stands for such a one.
 */
export const logSourcesOf = ({resources, metadata}: Entity, unnamed: 'step' | 'client'): readonly LogSource[] => {
  const collection = resources['log_collection'];
  const found = Array.isArray(collection) ? collection : [resources['logs'] ?? metadata['logs']];
  return uniqueBy(eachOf(found, logSourceOf(unnamed)), source => source.id);
};
