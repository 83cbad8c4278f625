import type {Truth} from './document.js';

/** What a segment of the critical path was spent on; times in milliseconds since the start of the run. */
type Segment = {readonly kind: string; readonly step: string | null; readonly from: number; readonly to: number};

type Part = {readonly start: number; readonly end: number};
type Node = Part & {
  readonly name: string;
  readonly upstream: readonly string[];
  readonly parts: readonly Part[];
  /** ZenML records edges only for steps. */
  readonly kind: 'step' | 'child-run' | 'question';
};

/**
 * The critical path by the rule of `src/README.md`, with the tolerances of `src/domain/timeline/span-blocker.ts`, but computed
 * independently of the program and only from what ZenML's own client reports. The chain of steps is found from the last end
 * backward, and its segments are then cut from the start forward. Times are truncated to whole milliseconds.
 */
export const findTruePath = (
  truth: Truth,
): {readonly steps: readonly string[]; readonly segments: readonly Segment[]} => {
  const origin = Date.parse(truth.run.started_at ?? '');
  // From 0.85 to 0.93 a failed run ends at its first failure, although other steps may still be running.
  const ends = [truth.run.ended_at, ...(truth.run.status === 'failed' ? truth.steps.map(step => step.ended_at) : [])];
  const end = Math.max(...ends.map(at => Date.parse(at ?? '')).filter(Number.isFinite)) - origin;
  const nodes = buildNodes(truth, origin);
  const longWaitMs = Math.max(2000, end / 100);
  const chain: Node[] = [];
  let node = findLatest(nodes);
  while (node !== undefined && !chain.includes(node)) {
    chain.unshift(node);
    node = findPredecessor(node, nodes, longWaitMs);
  }

  // From left to right: each step works from its start, and the time before that is a wait.
  const segments: Segment[] = [];
  let reached = 0;
  const add = (kind: string, step: string | null, to: number): void => {
    if (to > reached) {
      segments.push({kind, step, from: reached, to});
      reached = to;
    }
  };
  for (const [stepIndex, {name, kind, parts}] of chain.entries()) {
    for (const [index, part] of parts.entries()) {
      const next = chain[stepIndex + 1];
      const isLast = index === parts.length - 1;
      add(index > 0 ? 'pause' : stepIndex === 0 ? 'startup' : 'wait', name, part.start);
      // If the next step took this one's slot just before this one ended, the segment ends where the next step starts.
      const partEnd = isLast && next !== undefined ? Math.min(part.end, next.start) : part.end;
      add(kind === 'question' ? 'wait' : isLast ? 'work' : 'failed', name, Math.min(partEnd, end));
    }
  }

  add('tail', null, end);
  return {steps: chain.map(({name}) => name), segments};
};

/** Steps, child runs and questions; the items of a group are one node. */
const buildNodes = ({steps, children, questions}: Truth, origin: number): readonly Node[] => {
  const startedSteps = steps.filter(({started_at}) => started_at !== null);
  const sizes = new Map<string, number>();
  for (const {group} of startedSteps) {
    sizes.set(group?.name ?? '', (sizes.get(group?.name ?? '') ?? 0) + 1);
  }

  const nameByStep = new Map(
    startedSteps.map(({name, group}) => [name, group !== null && (sizes.get(group.name) ?? 0) > 1 ? group.name : name]),
  );
  const nodes = new Map<string, Node>();
  for (const {name: stepName, attempts, upstream} of startedSteps) {
    const name = nameByStep.get(stepName) ?? stepName;
    const parts = attempts.map(({started_at, ended_at}) => ({
      start: Date.parse(started_at ?? '') - origin,
      end: Date.parse(ended_at ?? '') - origin,
    }));
    const known = nodes.get(name);
    const allParts = [...(known?.parts ?? []), ...parts];
    const start = Math.min(...allParts.map(part => part.start));
    const end = Math.max(...allParts.map(part => part.end));
    const upstreamNames = [...(known?.upstream ?? []), ...upstream.map(other => nameByStep.get(other) ?? other)];
    const isGroup = name !== stepName;
    nodes.set(name, {
      name,
      upstream: upstreamNames.filter(other => other !== name),
      start,
      end,
      parts: isGroup ? [{start, end}] : allParts,
      kind: 'step',
    });
  }

  const questionNodes = questions.map(({name, asked_at, resolved_at}): Node => {
    const start = Date.parse(asked_at ?? '') - origin;
    const end = Date.parse(resolved_at ?? '') - origin;
    return {name, upstream: [], start, end, parts: [{start, end}], kind: 'question'};
  });
  return [...nodes.values(), ...children.map(child => buildChildNode(child, origin)), ...questionNodes];
};

/** The server's graph has the duration of a child run, not its end, so the end is the start plus whole milliseconds. */
const buildChildNode = ({name, started_at, ended_at}: Truth['children'][number], origin: number): Node => {
  const start = Date.parse(started_at ?? '') - origin;
  const end = start + Math.floor(readMicroseconds(ended_at) / 1000 - readMicroseconds(started_at) / 1000 + 1e-6);
  return {name, upstream: [], start, end, parts: [{start, end}], kind: 'child-run'};
};

/** Microseconds since the epoch; times have six fractional digits. */
const readMicroseconds = (time: string | null): number => {
  const [whole = '', fraction = '0'] = (time ?? '').replace('Z', '').split('.');
  return Date.parse(`${whole}Z`) * 1000 + Number(fraction.padEnd(6, '0'));
};

const findLatest = (nodes: readonly Node[]): Node | undefined => [...nodes].sort((a, b) => a.end - b.end).at(-1);

const findPredecessor = (node: Node, nodes: readonly Node[], longWaitMs: number): Node | undefined => {
  if (node.kind !== 'step') {
    return findLatest(nodes.filter(each => each !== node && each.end <= node.start + 500));
  }

  const childRunOrQuestion = findLatest(nodes.filter(({kind, end}) => kind !== 'step' && end <= node.start + 500));
  if (node.upstream.length === 0 && childRunOrQuestion !== undefined) {
    return childRunOrQuestion;
  }

  const ready = findLatest(nodes.filter(({name}) => node.upstream.includes(name)));
  const readyAt = ready?.end ?? 0;
  if (node.start - readyAt <= longWaitMs) {
    return ready;
  }

  const unrelatedNodes = nodes.filter(each => each !== node && !node.upstream.includes(each.name));
  const slot = findLatest(
    unrelatedNodes.filter(({end}) => end > readyAt && end >= node.start - 2000 && end <= node.start + 500),
  );
  return slot ?? (childRunOrQuestion !== undefined && childRunOrQuestion.end > readyAt ? childRunOrQuestion : ready);
};
