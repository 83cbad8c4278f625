import type {NamedEntity} from '../../domain/ids.js';
import {decodeRecord, decodeWord, isRecord, type Wire} from './wire.js';

/**
 * An entity in its three parts. Every server sends `body`; `resources` and `metadata` may be null, and some fields moved
 * from `body` to `resources` in 0.83 and 0.90.
 */
export type Entity = {
  readonly whole: Wire;
  readonly body: Wire;
  readonly resources: Wire;
  readonly metadata: Wire;
  /** False for a response that was not hydrated. */
  readonly hasMetadata: boolean;
};

export const decodeEntity = (whole: Wire): Entity => ({
  whole,
  body: decodeRecord(whole['body']),
  resources: decodeRecord(whole['resources']),
  metadata: decodeRecord(whole['metadata']),
  hasMetadata: isRecord(whole['metadata']),
});

/** A related entity: in `resources` if the server is new enough, else in `body`. */
export const getRelatedEntity = (entity: Entity, key: string): unknown => entity.resources[key] ?? entity.body[key];

/** The ID of the project that the entity belongs to; `undefined` if the response does not say. */
export const decodeProjectId = ({body, whole, metadata}: Entity): string | undefined =>
  decodeWord(body['project_id']) ??
  decodeWord(whole['project_id']) ??
  decodeWord(decodeRecord(metadata['project'])['id']);

/** ID and name of an entity; the ID is also the name if it has none. */
export const decodeNamed = <Id extends string>(
  value: unknown,
  brand: (id: string) => Id,
): NamedEntity<Id> | undefined => {
  const id = decodeWord(decodeRecord(value)['id']);
  return id === undefined ? undefined : {id: brand(id), name: decodeWord(decodeRecord(value)['name']) ?? id};
};

/** For entities whose IDs have no type of their own. */
export const keepId = (id: string): string => id;
