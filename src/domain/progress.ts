import type {Instant} from './instant.js';
import {findNumber, type JsonRecord} from './json.js';

/** The progress that a running step reports. */
export type StepProgress = {
  /** What is counted, such as `epoch`; `undefined` if the step does not say. */
  readonly label: string | undefined;
  /** `undefined` if the step gives only a share. */
  readonly count: {readonly done: number; readonly total: number} | undefined;
  /** From 0 to 1. */
  readonly share: number;
  /** At most two further numbers, such as the loss. */
  readonly extras: readonly (readonly [name: string, value: number])[];
};

const maxExtras = 2;

/** Names of metadata that count what is done, and of their totals; the first one found is used. */
const counters = ['epoch', 'step', 'batch', 'iteration', 'current', 'completed', 'done', 'progress', 'i'] as const;
const totals = ['total', 'epochs', 'steps', 'batches', 'iterations', 'n', 'max', 'of'] as const;

/** Names of counters that mean nothing to the user. */
const plainCounters: ReadonlySet<string> = new Set(['current', 'completed', 'done', 'progress', 'i']);

/** The progress in the metadata that a step logs with `log_metadata`, recognized by name; `undefined` if there is none. */
export const findMetadataProgress = (metadata: JsonRecord): StepProgress | undefined => {
  const numbers = Object.entries(metadata).flatMap(([name, value]) => {
    const number = findNumber(value);
    return number === undefined ? [] : [[name, number] as const];
  });
  const valueByName = new Map(numbers);
  const find = (names: readonly string[]) => names.find(name => valueByName.has(name));
  const counter = find(counters);
  const total =
    counter === undefined ? undefined : find([`total_${counter}s`, `num_${counter}s`, `${counter}s`, ...totals]);
  const count = createCount(valueByName.get(counter ?? ''), valueByName.get(total ?? ''));
  const getExtras = (used: readonly (string | undefined)[]) =>
    numbers.filter(([name]) => !used.includes(name)).slice(0, maxExtras);
  if (counter !== undefined && count !== undefined) {
    const label = plainCounters.has(counter) ? undefined : counter;
    return {label, count, share: count.done / count.total, extras: getExtras([counter, total])};
  }

  const share = valueByName.get('progress');
  const percent = valueByName.get('percent');
  const part = share ?? (percent === undefined ? undefined : percent / 100);
  return part === undefined || part < 0 || part > 1
    ? undefined
    : {label: undefined, count: undefined, share: part, extras: getExtras(['progress', 'percent'])};
};

const createCount = (done: number | undefined, total: number | undefined): StepProgress['count'] =>
  done === undefined || total === undefined || total <= 0 || done < 0 || done > total ? undefined : {done, total};

/** What steps usually count, before a share such as `7/20`. */
const countedWords =
  'epoch|step|batch|iteration|iter|chunk|file|item|sample|trial|fold|round|page|part|shard|image|row|record|task|progress|processed|completed|finished|done';

/** `Epoch 7/20`, `processed 7 of 20`, `step: [7/20]` */
const labeledPattern = new RegExp(`\\b(${countedWords})s?\\b[\\s:#=([]*(\\d+)\\s*(?:/|of)\\s*(\\d+)(?![\\d/.])`, 'i');

/** tqdm's ` 45%|####  | 9/20 [00:12<00:14`, Keras's `12/100 [==>`, and `[7/20]` */
const barePattern = /(?:\|\s*|^\s*|\[)(\d+)\/(\d+)(?=\s*(?:\[|\]|$|\s[-:]))/;

/** `45%|###`, `progress 45%`, `45% done` */
const percentPattern =
  /(?:^\s*|\bprogress\b\W*|\bcompleted?\b\W*|\bdone\b\W*)(\d{1,3}(?:\.\d+)?)\s?%|(\d{1,3}(?:\.\d+)?)\s?%(?=\||\s*(?:done|complete|finished))/i;

/** The rest of a longer line is not searched. */
const maxLineLength = 1000;

/** The progress in a line of a log; `undefined` if it contains none. */
export const parseProgressLine = (text: string): StepProgress | undefined => {
  const line = text.slice(0, maxLineLength);
  const named = labeledPattern.exec(line);
  const count = createCount(parseDigits(named?.[2]), parseDigits(named?.[3]));
  if (named !== null && count !== undefined && count.total > 1) {
    const label = (named[1] ?? '').toLowerCase();
    const isMeaningless = /^(?:progress|processed|completed|finished|done)$/.test(label);
    return {label: isMeaningless ? undefined : label, count, share: count.done / count.total, extras: []};
  }

  const plain = barePattern.exec(line);
  const other = createCount(parseDigits(plain?.[1]), parseDigits(plain?.[2]));
  if (other !== undefined && other.total > 1) {
    return {label: undefined, count: other, share: other.done / other.total, extras: []};
  }

  const found = percentPattern.exec(line);
  const part = parseDigits(found?.[1] ?? found?.[2]);
  return part === undefined || part > 100
    ? undefined
    : {label: undefined, count: undefined, share: part / 100, extras: []};
};

const parseDigits = (digits: string | undefined): number | undefined =>
  digits === undefined ? undefined : Number(digits);

/** Earlier in a step, its pace says little about the rest. */
const minShare = 0.1;

/**
 * When a step that started at `startedAt` and had made this progress at `asOf` will end if it keeps its pace; `undefined` before a
 * tenth is done, or if `asOf` is not after the start.
 */
export const estimateProgressEnd = ({share}: StepProgress, startedAt: Instant, asOf: Instant): Instant | undefined =>
  share < minShare || asOf <= startedAt ? undefined : asOf + ((asOf - startedAt) * (1 - share)) / share;
