import type {StepDetail} from '../../domain/attempt.js';
import type {CacheAccount} from '../../domain/cache/account.js';
import type {Failure} from '../../domain/failure.js';
import type {Instant} from '../../domain/instant.js';
import type {Run} from '../../domain/run.js';
import type {CachePolicy} from '../../domain/step-config.js';
import {expiryWords, originFacts, runName, verdictFacts} from '../cache-words.js';
import {roundDuration} from '../duration.js';
import {blankLine, dim, type Line, plain} from '../line.js';
import {safeText} from '../safe-text.js';
import {ago, type UtcOffset} from '../time.js';
import {flowFacts, wrapLine} from '../wrap.js';
import {cacheSentence} from './cache-sentence.js';
import {type MarkedLine, unmarked} from './content.js';
import {differenceLines, type WriterStory} from './difference-lines.js';
import {field, valueCells} from './field.js';

export type CacheView = {
  readonly detail: StepDetail;
  readonly run: Run | undefined;
  readonly account: CacheAccount;
  /** Why earlier runs cannot be looked at. */
  readonly failure: Failure | undefined;
  /** The step whose outputs were taken over, and its run, as far as they are known. */
  readonly original: StepDetail | undefined;
  readonly originalRun: Run | undefined;
  readonly now: Instant;
  readonly width: number;
  readonly utcOffset: UtcOffset;
  readonly isToggled: (section: string) => boolean;
  /** How a step of this run came by what it wrote. */
  readonly storyOf: (name: string) => WriterStory | undefined;
  /** The run of a step run, as far as it is known. */
  readonly runOf: (detail: StepDetail) => Run | undefined;
};

/** Why the step was or was not served from the cache, in a sentence; then what shows it. */
export const cacheAccountLines = (view: CacheView): readonly MarkedLine[] => [
  ...unmarked(wrapLine(cacheSentence(view), view.width)),
  {line: blankLine},
  ...evidenceOf(view),
  ...unmarked(settingsOf(view)),
];

const evidenceOf = (view: CacheView): readonly MarkedLine[] => {
  const {account, detail} = view;
  switch (account.kind) {
    case 'reused':
    case 'replayed':
      return originLines(view);

    case 'differs':
      return [
        ...differenceLines(account.differences, {...view, before: account.other, after: detail}),
        {line: blankLine},
        ...comparedLines('compared', account.other, view),
      ];

    case 'expired':
    case 'too early':
    case 'not completed':
    case 'unexplained':
      return comparedLines('same key', account.other, view);

    case 'unseen difference':
    case 'no key':
      return comparedLines('compared', account.other, view);

    default:
      return [];
  }
};

const originLines = ({original, originalRun, run, width, detail}: CacheView): readonly MarkedLine[] => {
  const facts = originFacts({original, originalRun, run, maxCells: valueCells(width)});
  const runId = original?.runId;
  const target =
    runId === undefined || original === undefined
      ? undefined
      : runId === run?.id
        ? ({kind: 'step', name: original.attempt.name} as const)
        : ({kind: 'run', runId, stepName: original.attempt.name} as const);
  const [first, ...others] = field('from', flowFacts(facts, valueCells(width)));
  return first === undefined || detail.originalStepId === undefined
    ? []
    : [{line: first, ...(target === undefined ? {} : {mark: {key: 'from', target}})}, ...unmarked(others)];
};

/** What the step was compared with, and when that was; enter goes there. */
const comparedLines = (label: string, other: StepDetail, view: CacheView): readonly MarkedLine[] => {
  const {now, width, run: ownRun, runOf, utcOffset} = view;
  const {attempt, runId, cacheExpiresAt} = other;
  const run = runOf(other);
  const facts: readonly Line[] = [
    run === undefined ? [dim('an earlier run')] : [{text: runName(run, valueCells(width)), tone: 'link'}],
    [dim('step '), plain(safeText(attempt.name, {maxCells: valueCells(width) - 5}))],
    [dim(safeText(attempt.statusWord))],
    attempt.endedAt === undefined ? [] : [dim(ago(attempt.endedAt, now))],
    cacheExpiresAt === undefined ? [] : [expiryWords(cacheExpiresAt, now, utcOffset)],
  ];
  const [first = [], ...others] = field(label, flowFacts(facts, valueCells(width)));
  const target =
    runId === undefined
      ? undefined
      : runId === ownRun?.id
        ? ({kind: 'step', name: attempt.name} as const)
        : ({kind: 'run', runId, stepName: attempt.name} as const);
  return [{line: first, ...(target === undefined ? {} : {mark: {key: 'compared', target}})}, ...unmarked(others)];
};

const settingsOf = ({detail, run, now, utcOffset, width}: CacheView): readonly Line[] => {
  const flow = (name: string, facts: readonly Line[]) => field(name, flowFacts(facts, valueCells(width)));
  const {cacheKey, cacheExpiresAt, config} = detail;
  const code = config.cachingParameters['step_source'];
  return [
    ...flow('cache', verdictFacts(detail, run)),
    ...(cacheKey === undefined
      ? []
      : flow('key', [[plain(safeText(cacheKey))], [expiryWords(cacheExpiresAt, now, utcOffset)]])),
    ...(typeof code === 'string'
      ? flow('code', [[plain(safeText(code.slice(0, 16)))], [dim('SHA-256 of the step')]])
      : []),
    ...(config.cachePolicy === undefined ? [] : flow('policy', policyFacts(config.cachePolicy))),
  ];
};

const policyFacts = (policy: CachePolicy): readonly Line[] => {
  const names = (what: string, list: readonly string[]) =>
    list.length === 0 ? [] : [[dim(`${what} ${list.map(name => safeText(name)).join(', ')}`)]];
  const without = [
    policy.includesStepCode ? '' : 'code',
    policy.includesStepParameters ? '' : 'parameters',
    policy.includesArtifactValues ? '' : 'contents of inputs',
    policy.includesArtifactIds ? '' : 'versions of inputs',
  ].filter(word => word !== '');
  return [
    [without.length === 0 ? dim('everything counts') : plain(`without ${without.join(', ')}`)],
    ...names('ignores', policy.ignoredInputs),
    ...names('files', policy.fileDependencies),
    ...names('sources', policy.sourceDependencies),
    ...(policy.cacheFunction === undefined ? [] : [[dim(`function ${safeText(policy.cacheFunction)}`)]]),
    ...(policy.expiresAfterSeconds === undefined
      ? []
      : [[dim(`expires after ${roundDuration(policy.expiresAfterSeconds * 1000)}`)]]),
  ];
};
