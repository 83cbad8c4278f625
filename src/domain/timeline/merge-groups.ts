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
  const merged = new Map<string, StepSpan>();
  for (const span of spans) {
    const name = getName(span.name);
    const upstream = [...new Set(span.upstream.map(getName))].filter(other => other !== name);
    const known = merged.get(name);
    merged.set(name, known === undefined ? {...span, name, upstream} : mergeSpans(known, {...span, upstream}));
  }

  return [...merged.values()];
};

const mergeSpans = (group: StepSpan, item: StepSpan): StepSpan => {
  const startedAt = Math.min(group.startedAt, item.startedAt);
  const endedAt = Math.max(group.endedAt, item.endedAt);
  const isLive = group.isLive || item.isLive;
  const status = isLive ? 'running' : 'completed';
  return {
    name: group.name,
    attempts: [{number: 1, status, startedAt, endedAt, isLive, isEndUnknown: false, clockBehindMs: 0}],
    startedAt,
    endedAt,
    isLive,
    isRetryPending: false,
    isInstant: group.isInstant && item.isInstant,
    upstream: [...new Set([...group.upstream, ...item.upstream])],
    isChildRun: false,
  };
};
