import type {StepTable} from '../step-table.js';
import type {StepSpan} from './step-span.js';

/**
 * The spans with each group of mapped steps merged into one: it lasts from the start of its first item to the end of its last
 * one. Steps that wait for an item wait for the group.
 */
export const mergeGroups = (spans: readonly StepSpan[], {structure}: StepTable): readonly StepSpan[] => {
  const groups = [...structure.groupsById.values()].filter(({indexes}) => indexes.length > 1);
  if (groups.length === 0) {
    return spans;
  }

  const nameByIndex = new Map<number, string>();
  for (const {name, indexes} of groups) {
    for (const index of indexes) {
      nameByIndex.set(index, name);
    }
  }

  const getName = (step: string): string => nameByIndex.get(structure.indexByName.get(step) ?? -1) ?? step;
  // Runs at every tick of the clock, perhaps for thousands of items, so arrays are extended instead of copied.
  const membersByName = new Map<string, StepSpan[]>();
  const upstreamByName = new Map<string, Set<string>>();
  for (const span of spans) {
    const name = getName(span.name);
    const members = membersByName.get(name);
    if (members === undefined) {
      membersByName.set(name, [span]);
    } else {
      members.push(span);
    }

    const names = upstreamByName.get(name) ?? new Set();
    upstreamByName.set(name, names);
    for (const other of span.upstream) {
      const upstream = getName(other);
      if (upstream !== name) {
        names.add(upstream);
      }
    }
  }

  return [...membersByName].map(([name, members]) =>
    mergeMembers(name, members, [...(upstreamByName.get(name) ?? [])]),
  );
};

const mergeMembers = (name: string, members: readonly StepSpan[], upstream: readonly string[]): StepSpan => {
  const [first] = members;
  if (first !== undefined && members.length === 1) {
    return {...first, name, upstream};
  }

  let startedAt = Number.POSITIVE_INFINITY;
  let endedAt = Number.NEGATIVE_INFINITY;
  let isLive = false;
  let isInstant = true;
  for (const member of members) {
    startedAt = Math.min(startedAt, member.startedAt);
    endedAt = Math.max(endedAt, member.endedAt);
    isLive ||= member.isLive;
    isInstant &&= member.isInstant;
  }

  const status = isLive ? 'running' : 'completed';
  return {
    name,
    attempts: [{number: 1, status, startedAt, endedAt, isLive, isEndUnknown: false, clockBehindMs: 0}],
    startedAt,
    endedAt,
    isLive,
    isRetryPending: false,
    isInstant,
    upstream,
    kind: 'step',
  };
};
