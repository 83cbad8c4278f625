import type {Named} from '../../domain/ids.js';
import {isRecord, record, type Wire, word} from './wire.js';

/**
 * An entity in its three parts. Every server sends `body`; `resources` and `metadata` may be null, and fields moved
 * from `body` to `resources` with 0.83 and 0.90.
 */
export type Entity = {
  readonly whole: Wire;
  readonly body: Wire;
  readonly resources: Wire;
  readonly metadata: Wire;
  /** False in an answer that was not hydrated. */
  readonly hasMetadata: boolean;
};

export const entityOf = (whole: Wire): Entity => ({
  whole,
  body: record(whole['body']),
  resources: record(whole['resources']),
  metadata: record(whole['metadata']),
  hasMetadata: isRecord(whole['metadata']),
});

/** A related thing: in `resources` where the server is new enough to have it there, else in `body`. */
export const related = (entity: Entity, key: string): unknown => entity.resources[key] ?? entity.body[key];

export const projectIdOf = ({body, whole, metadata}: Entity): string | undefined =>
  word(body['project_id']) ?? word(whole['project_id']) ?? word(record(metadata['project'])['id']);

/** Id and name of an entity; where it has no name the id stands in for it. */
export const namedOf = <Id extends string>(value: unknown, brand: (id: string) => Id): Named<Id> | undefined => {
  const id = word(record(value)['id']);
  return id === undefined ? undefined : {id: brand(id), name: word(record(value)['name']) ?? id};
};

export const plainId = (id: string): string => id;
