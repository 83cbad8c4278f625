import type {Attempt} from './attempt.js';
import type {Group} from './step-config.js';

/** The names of the items of a `map`, on servers 0.94.3 and later: `map:embed:12`. */
const mapItemPattern = /^(map:(.*):)(\d+)$/;

/** Whether a step with this name is an item of a `map`. */
export const isMapItem = (name: string): boolean => mapItemPattern.test(name);

/** The index of an item in its `map`, from 0; `undefined` for other steps. */
export const findMapIndex = (name: string): number | undefined => {
  const index = mapItemPattern.exec(name)?.[3];
  return index === undefined ? undefined : Number(index);
};

/** The group of an item of a `map`, recognized by its name, as rows do not contain groups. */
export const findMapGroup = (name: string): Group | undefined => {
  const [, id, of] = mapItemPattern.exec(name) ?? [];
  return id === undefined || of === undefined ? undefined : {id, name: of, type: 'map'};
};

/**
 * The group that `/dag` reports for a step. Items of a `map` keep the ID that is derived from their name, so that the group does
 * not become another one, with another row, when `/dag` arrives.
 */
export const adaptDagGroup = (name: string, group: Group | undefined): Group | undefined => {
  const byName = group?.type === 'map' ? findMapGroup(name) : undefined;
  return byName === undefined || group === undefined ? group : {...group, id: byName.id};
};

/** How many items the `map` of this item has, by the length of the list that it reads; `undefined` if that is unknown. */
export const findMapSize = ({inputs = []}: Attempt): number | undefined => {
  const sizes = inputs.flatMap(({chunkIndex, chunkSize, artifact: {itemCount}}) =>
    chunkIndex === undefined || itemCount === undefined ? [] : Math.ceil(itemCount / Math.max(1, chunkSize ?? 1)),
  );
  return sizes.length === 0 ? undefined : Math.max(...sizes);
};
