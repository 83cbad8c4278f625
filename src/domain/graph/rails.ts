import type {AdjacencyLists} from './adjacency-lists.js';

/** A line in the gutter from a set of steps, its producers, to all steps that follow exactly that set, its consumers. */
type Rail = {
  /** Rows, ascending; all producers come before all consumers. */
  readonly producers: readonly number[];
  readonly consumers: readonly number[];
};

/** Where steps and rails are drawn. Lanes are columns, numbered from the left, starting at 0. */
export type RailLayout = {
  readonly rails: readonly Rail[];
  /** The lane of each rail; `undefined` if there is no room for it. */
  readonly laneByRail: readonly (number | undefined)[];
  readonly laneByRow: readonly number[];
  /** The rail from above that connects each row to its upstream; at most one per row. */
  readonly inRailByRow: readonly (number | undefined)[];
  readonly outRailsByRow: readonly (readonly number[])[];
  /** The rail in each lane of each row, at `row * laneCount + lane`; -1 if the lane is free. */
  readonly occupants: Int32Array;
  readonly laneCount: number;
  /** Lanes from the left up to the last one with a step or a rail. */
  readonly usedLaneCount: number;
};

/** How many lanes on the right only steps may use, so that there is always one in which a step does not seem to follow another. */
const stepLaneCount = 2;

/**
 * How often a layout may start over. Those of real pipelines never do, those of random graphs with 500 steps about ten times.
 */
const maxPasses = 50;

/**
 * Lays out steps, one per row, and the rails between them, in at most `maxLanes` lanes. A rail for which no lane is left is not
 * drawn. `upstreamByRow` must be in topological order and transitively reduced. Rows for which `isApart` is true do not share rails
 * with others.
 */
export const layOutRails = (
  upstreamByRow: AdjacencyLists,
  maxLanes: number,
  isApart: (row: number) => boolean = () => false,
): RailLayout => {
  const rails = buildRails(upstreamByRow, isApart);
  const plan: Plan = {
    ...rails,
    rowCount: upstreamByRow.length,
    minLaneByRail: rails.rails.map(() => 0),
    laneLimit: Math.max(0, maxLanes - stepLaneCount),
  };
  for (let pass = 1; ; pass += 1) {
    const {layout, minLaneByMisplacedRail} = placeRows(plan);
    if (minLaneByMisplacedRail.size === 0) {
      return layout;
    }

    for (const [rail, lane] of minLaneByMisplacedRail) {
      plan.minLaneByRail[rail] = pass < maxPasses ? lane : plan.laneLimit;
    }
  }
};

type RailSet = Pick<RailLayout, 'rails' | 'inRailByRow' | 'outRailsByRow'>;

type Plan = RailSet & {
  readonly rowCount: number;
  /** The leftmost lane that each rail may use, so that every producer is to the left of its rail. */
  readonly minLaneByRail: number[];
  readonly laneLimit: number;
};

const buildRails = (upstreamByRow: AdjacencyLists, isApart: (row: number) => boolean): RailSet => {
  const rails: {readonly producers: readonly number[]; readonly consumers: number[]}[] = [];
  const railByProducers = new Map<string, number>();
  const outRailsByRow: number[][] = upstreamByRow.map(() => []);
  const inRailByRow = upstreamByRow.map((producers, row) => {
    if (producers.length === 0) {
      return undefined;
    }

    const key = `${producers.join()}${isApart(row) ? ' apart' : ''}`;
    const known = railByProducers.get(key);
    if (known !== undefined) {
      rails[known]?.consumers.push(row);
      return known;
    }

    const added = rails.push({producers, consumers: [row]}) - 1;
    railByProducers.set(key, added);
    for (const producer of producers) {
      outRailsByRow[producer]?.push(added);
    }

    return added;
  });
  return {rails, inRailByRow, outRailsByRow};
};

type Placement = {
  readonly layout: RailLayout;
  /** Rails that must be moved to the right for a producer, with their smallest possible lanes. */
  readonly minLaneByMisplacedRail: ReadonlyMap<number, number>;
};

/** The first free lane from `from` up to, but not including, `end`. */
const findFreeLane = (
  lanes: Int32Array,
  from: number,
  end: number,
  isAllowed: (lane: number) => boolean = () => true,
): number | undefined => {
  for (let lane = from; lane < end; lane += 1) {
    if (lanes[lane] === -1 && isAllowed(lane)) {
      return lane;
    }
  }

  return undefined;
};

/** The lane of a row's step, after its rail from above has been removed if it ends here. `laneAbove`: that of the step above. */
const findStepLane = (
  lanes: Int32Array,
  rail: Rail | undefined,
  railLane: number | undefined,
  laneAbove: number | undefined,
): number => {
  const lastLane = lanes.length - 1;
  if (rail === undefined || railLane === undefined) {
    return findFreeLane(lanes, 0, lanes.length, lane => lane !== laneAbove) ?? lastLane;
  }

  if (rail.consumers.length > 1) {
    return findFreeLane(lanes, railLane + 1, lanes.length) ?? lastLane;
  }

  return rail.producers.length === 1 ? railLane : (findFreeLane(lanes, 0, lanes.length) ?? railLane);
};

/** Places steps and rails from the first row to the last. */
const placeRows = ({rails, inRailByRow, outRailsByRow, rowCount, minLaneByRail, laneLimit}: Plan): Placement => {
  const laneCount = laneLimit + stepLaneCount;
  const occupants = new Int32Array(rowCount * laneCount).fill(-1);
  const laneByRail: (number | undefined)[] = [];
  const laneByRow: number[] = [];
  const minLaneByMisplacedRail = new Map<number, number>();
  /** The rail in each lane at the current row; -1 if the lane is free. */
  const lanes = new Int32Array(laneCount).fill(-1);

  /** Draws a new rail in the nearest lane, unless there is no room. */
  const startRail = (id: number, row: number, stepLane: number, takenLane: number | undefined): void => {
    const hasOneProducer = rails[id]?.producers.length === 1;
    const isStraight = hasOneProducer && lanes[stepLane] === -1 && stepLane < laneLimit;
    const from = isStraight ? stepLane : Math.max(stepLane + 1, minLaneByRail[id] ?? 0);
    const lane = findFreeLane(lanes, from, laneLimit, each => each !== takenLane || each === stepLane);
    laneByRail[id] = lane;
    if (lane !== undefined) {
      lanes[lane] = id;
      occupants[row * laneCount + lane] = id;
    }
  };

  for (let row = 0; row < rowCount; row += 1) {
    const inId = inRailByRow[row];
    const inRail = inId === undefined ? undefined : rails[inId];
    const inLane = inId === undefined ? undefined : laneByRail[inId];
    occupants.set(lanes, row * laneCount);
    if (inLane !== undefined && inRail?.consumers.at(-1) === row) {
      lanes[inLane] = -1;
    }

    const stepLane = findStepLane(lanes, inRail, inLane, laneByRow[row - 1]);
    laneByRow[row] = stepLane;
    for (const id of outRailsByRow[row] ?? []) {
      if (rails[id]?.producers[0] === row) {
        startRail(id, row, stepLane, inLane);
      } else if ((laneByRail[id] ?? Number.POSITIVE_INFINITY) <= stepLane) {
        minLaneByMisplacedRail.set(id, stepLane + 1);
      }
    }
  }

  return {
    layout: {
      rails,
      laneByRail,
      laneByRow,
      inRailByRow,
      outRailsByRow,
      occupants,
      laneCount,
      usedLaneCount: 1 + [...laneByRow, ...laneByRail].reduce<number>((last, lane) => Math.max(last, lane ?? 0), 0),
    },
    minLaneByMisplacedRail,
  };
};
