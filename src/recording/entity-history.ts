import {decodeEntity} from '../api/decode/entity.js';
import {decodeInstant} from '../api/decode/time.js';
import {decodeText, type Wire} from '../api/decode/wire.js';
import type {Instant} from '../domain/instant.js';

/** A run or a step run through the time of a recording, in the server's own form. */
export type EntityHistory = {
  /** Brings in the entity as an answer had it. Answers are brought in in the order in which they came. */
  readonly add: (entity: Wire, heardAt: Instant) => void;
  /** As it was at an instant of our clock, without metadata; `undefined` before it existed. */
  readonly at: (now: Instant) => Wire | undefined;
  /** The same with its metadata, as far as any answer had it; else `null` stands there. */
  readonly hydratedAt: (now: Instant) => Wire | undefined;
};

type Version = {readonly visibleAt: Instant; readonly updated: string; readonly entity: Wire};

type Hydration = {
  readonly heardAt: Instant;
  readonly updated: string;
  readonly metadata: Wire;
  readonly resources: unknown;
};

/** What an entity may not have yet where only a later answer told its metadata. */
const unfinishedMetadata = {exception_info: null, run_metadata: {}, end_time: null};

const clearUnfinishedMetadata = (metadata: Wire): Wire => ({
  ...metadata,
  ...Object.fromEntries(Object.entries(unfinishedMetadata).filter(([name]) => name in metadata)),
});

/** The newest that was heard by `now`, else the first after it. */
const findNearestHydration = (hydrations: readonly Hydration[], now: Instant): Hydration | undefined =>
  hydrations.findLast(({heardAt}) => heardAt <= now) ?? hydrations[0];

/**
 * The history of one entity; `skewMs` is what to add to our clock to get the server's. A version is there from when the
 * server wrote it (`updated`), not from when it was first told: who replays asks at other moments than who recorded, and
 * what it asks with (everything updated since its last question) trusts that rows are seen when they are written.
 */
export const createEntityHistory = (skewMs: number): EntityHistory => {
  const versions: Version[] = [];
  const hydrations: Hydration[] = [];
  /** Where `at` found something last: time mostly goes on. */
  let cursor = 0;
  let lastAdded: Wire | undefined;

  const versionAt = (now: Instant): Version | undefined => {
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
    add: (whole, heardAt) => {
      // What a recording holds once is one object: a quiet day does not add up.
      if (whole === lastAdded) {
        return;
      }

      lastAdded = whole;
      const {body, metadata, hasMetadata} = decodeEntity(whole);
      const updated = decodeText(body['updated']) ?? '';
      if (hasMetadata) {
        hydrations.push({heardAt, updated, metadata, resources: whole['resources']});
      }

      const last = versions.at(-1);
      if (last !== undefined && updated < last.updated) {
        return;
      }

      const writtenAt = last?.updated === updated ? undefined : decodeInstant(updated);
      const visibleAt = Math.min(heardAt, writtenAt === undefined ? heardAt : writtenAt - skewMs);
      versions.push({
        visibleAt: Math.max(visibleAt, last?.visibleAt ?? visibleAt),
        updated,
        entity: {...whole, metadata: null},
      });
    },
    at: now => versionAt(now)?.entity,
    hydratedAt: now => {
      const version = versionAt(now);
      if (version === undefined) {
        return undefined;
      }

      const ofVersion = findNearestHydration(
        hydrations.filter(({updated}) => updated === version.updated),
        now,
      );
      const hydration = ofVersion ?? findNearestHydration(hydrations, now);
      if (hydration === undefined) {
        return version.entity;
      }

      const isAhead = ofVersion === undefined && hydration.heardAt > now;
      return {
        ...version.entity,
        resources: version.entity['resources'] ?? hydration.resources,
        metadata: isAhead ? clearUnfinishedMetadata(hydration.metadata) : hydration.metadata,
      };
    },
  };
};
