import {decodeEntity} from '../api/decode/entity.js';
import {decodeInstant} from '../api/decode/time.js';
import {decodeText, type Wire} from '../api/decode/wire.js';
import type {Instant} from '../domain/instant.js';

/** All versions of a run or a step run in a recording, as the server sent them. */
export type EntityHistory = {
  /** Adds the entity from a response. Responses must be added in the order in which they were received. */
  readonly add: (entity: Wire, receivedAt: Instant) => void;
  /** The entity at an instant of the local clock, without metadata; `undefined` before it existed. */
  readonly findAt: (now: Instant) => Wire | undefined;
  /** The same with its metadata, which is `null` if no response had it. */
  readonly findHydratedAt: (now: Instant) => Wire | undefined;
};

type Version = {readonly visibleAt: Instant; readonly updated: string; readonly entity: Wire};

type Hydration = {
  readonly receivedAt: Instant;
  readonly updated: string;
  readonly metadata: Wire;
  readonly resources: unknown;
};

/** The metadata of an entity that has not ended. It replaces that of a later response, which would reveal how the entity ended. */
const unfinishedMetadata = {exception_info: null, run_metadata: {}, end_time: null};

const clearUnfinishedMetadata = (metadata: Wire): Wire => ({
  ...metadata,
  ...Object.fromEntries(Object.entries(unfinishedMetadata).filter(([name]) => name in metadata)),
});

/** The newest received by `now`, or else the first one after it. */
const findNearestHydration = (hydrations: readonly Hydration[], now: Instant): Hydration | undefined =>
  hydrations.findLast(({receivedAt}) => receivedAt <= now) ?? hydrations[0];

/**
 * The history of one entity; `skewMs` is server time minus local time. A version counts from when the server wrote it
 * (`updated`), not from when it was received: a replay sends its requests at other times than the recording, and a request for
 * everything updated since the last one relies on rows being visible as soon as they are written.
 */
export const createEntityHistory = (skewMs: number): EntityHistory => {
  const versions: Version[] = [];
  const hydrations: Hydration[] = [];
  /** Index of the version found last. The search starts there, as `now` mostly increases. */
  let cursor = 0;
  let lastAdded: Wire | undefined;

  const findVersion = (now: Instant): Version | undefined => {
    if ((versions[cursor]?.visibleAt ?? Number.POSITIVE_INFINITY) > now) {
      cursor = 0;
    }

    while ((versions[cursor + 1]?.visibleAt ?? Number.POSITIVE_INFINITY) <= now) {
      cursor += 1;
    }

    const version = versions[cursor];
    return version !== undefined && version.visibleAt <= now ? version : undefined;
  };

  return {
    add: (entity, receivedAt) => {
      // `LineReader` returns the same object for the same content, so that a day without changes adds nothing.
      if (entity === lastAdded) {
        return;
      }

      lastAdded = entity;
      const {body, metadata, hasMetadata} = decodeEntity(entity);
      const updated = decodeText(body['updated']) ?? '';
      if (hasMetadata) {
        hydrations.push({receivedAt, updated, metadata, resources: entity['resources']});
      }

      const last = versions.at(-1);
      if (last !== undefined && updated < last.updated) {
        return;
      }

      const writtenAt = last?.updated === updated ? undefined : decodeInstant(updated);
      const visibleAt = Math.min(receivedAt, writtenAt === undefined ? receivedAt : writtenAt - skewMs);
      versions.push({
        visibleAt: Math.max(visibleAt, last?.visibleAt ?? visibleAt),
        updated,
        entity: {...entity, metadata: null},
      });
    },
    findAt: now => findVersion(now)?.entity,
    findHydratedAt: now => {
      const version = findVersion(now);
      if (version === undefined) {
        return undefined;
      }

      const sameVersion = findNearestHydration(
        hydrations.filter(({updated}) => updated === version.updated),
        now,
      );
      const hydration = sameVersion ?? findNearestHydration(hydrations, now);
      if (hydration === undefined) {
        return version.entity;
      }

      const isLater = sameVersion === undefined && hydration.receivedAt > now;
      return {
        ...version.entity,
        resources: version.entity['resources'] ?? hydration.resources,
        metadata: isLater ? clearUnfinishedMetadata(hydration.metadata) : hydration.metadata,
      };
    },
  };
};
