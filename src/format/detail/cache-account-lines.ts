import type {StepDetail} from '../../domain/attempt.js';
import type {CacheAccount, Precedent, Unseen} from '../../domain/cache/account.js';
import type {Difference} from '../../domain/cache/difference.js';
import type {Instant} from '../../domain/instant.js';
import type {Run} from '../../domain/run.js';
import type {CachePolicy} from '../../domain/step-config.js';
import {expiryWords, originFacts, verdictFacts} from '../cache-words.js';
import {formatDuration, roundDuration} from '../duration.js';
import {blankLine, dim, type Line, plain, strong} from '../line.js';
import {safeText} from '../safe-text.js';
import type {UtcOffset} from '../time.js';
import {flowFacts, wrapLine} from '../wrap.js';
import {type MarkedLine, unmarked} from './content.js';
import {differenceLines} from './difference-lines.js';
import {field, valueCells} from './field.js';

export type CacheView = {
  readonly detail: StepDetail;
  readonly run: Run | undefined;
  readonly account: CacheAccount;
  /** The step whose outputs were taken over, and its run, as far as they are known. */
  readonly original: StepDetail | undefined;
  readonly originalRun: Run | undefined;
  readonly now: Instant;
  readonly width: number;
  readonly utcOffset: UtcOffset;
  readonly isToggled: (section: string) => boolean;
  readonly ranAgain: (name: string) => boolean;
};

/** Why the step was or was not served from the cache, in a sentence; then what shows it. */
export const cacheAccountLines = (view: CacheView): readonly MarkedLine[] => [
  ...unmarked(wrapLine(verdictOf(view), view.width)),
  {line: blankLine},
  ...evidenceOf(view),
  ...unmarked(settingsOf(view)),
];

const runName = ({index, name}: Run): string => (index === undefined ? safeText(name, {maxCells: 50}) : `#${index}`);

const isGoingOn = ({detail}: CacheView): boolean => detail.attempt.endedAt === undefined;

const verdictOf = (view: CacheView): Line => {
  const {account, now} = view;
  const ran = isGoingOn(view) ? 'runs' : 'ran';
  switch (account.kind) {
    case 'reused':
      return [strong('Served from the cache.'), dim(' Nothing of what its key is made of had changed.')];

    case 'replayed':
      return [strong('Taken over by a replay.'), dim(' The cache had no say in it.')];

    case 'off':
      return [strong(`It ${ran} because caching is off`), dim(`, set by the ${account.by} (enable_cache=False).`)];

    case 'not known yet':
      return [dim('looking at earlier runs of this pipeline…')];

    case 'nothing to reuse':
      return [
        strong(`It ${ran} because there was nothing to reuse`),
        dim(': no earlier run looked at has this step done.'),
      ];

    case 'expired':
      return [
        strong(`It ${ran} because the earlier outputs had expired`),
        dim(`, ${formatDuration(Math.max(0, now - account.at))} ago.`),
      ];

    case 'too early':
      return [strong(`It ${ran} because the earlier one had not ended`), dim(' when this one began.')];

    case 'differs':
      return [strong(`It ${ran} because ${changeWords(account.differences)}`), dim(' since the last time.')];

    case 'unseen difference':
      return [
        strong(`It ${ran} because its key changed; what the server tells is the same as the last time.`),
        dim(` What the server does not tell: ${account.possible.map(unseenWords).join(', ')}.`),
      ];

    case 'unexplained':
      return [
        strong(`It ${ran} although its key is that of the last time`),
        dim('; the server does not tell why. The client may have been told not to look, or the outputs were gone.'),
      ];
  }
};

const kindWords: Readonly<Record<Difference['kind'], string>> = {
  'artifact store': 'the artifact store',
  source: 'the name of its function',
  parameter: 'a parameter',
  input: 'an input',
  chunk: 'the piece of an input',
  output: 'the way of writing an output',
  code: 'its code',
  'materializer code': 'the code of a materializer',
  environment: 'its environment',
  secrets: 'its secrets',
  policy: 'its cache policy',
};

/** `its code and a parameter changed` */
const changeWords = (differences: readonly Difference[]): string => {
  const kinds = [...new Set(differences.map(({kind}) => kindWords[kind]))];
  const last = kinds.at(-1) ?? '';
  return `${kinds.length > 1 ? `${kinds.slice(0, -1).join(', ')} and ${last}` : last} changed`;
};

const unseenText: Readonly<Record<Unseen, string>> = {
  'file dependencies': 'the contents of the files it depends on',
  'source dependencies': 'the code it depends on',
  'cache function': 'the result of its cache function',
  'artifact store path': 'where the artifact store lies, and for a local one who ran it',
};

const unseenWords = (unseen: Unseen): string => unseenText[unseen];

const evidenceOf = (view: CacheView): readonly MarkedLine[] => {
  const {account, detail, width} = view;
  switch (account.kind) {
    case 'reused':
    case 'replayed':
      return originLines(view);

    case 'differs': {
      const {precedent} = account;
      return [
        ...differenceLines(account.differences, {...view, before: precedent.detail, after: detail, width}),
        {line: blankLine},
        ...precedentLines(precedent, view),
      ];
    }

    case 'expired':
    case 'too early':
    case 'unseen difference':
    case 'unexplained':
      return precedentLines(account.precedent, view);

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

const precedentLines = ({run, detail}: Precedent, {now, width}: CacheView): readonly MarkedLine[] => {
  const endedAt = detail.attempt.endedAt;
  const when = endedAt === undefined ? [] : [[dim(`${formatDuration(Math.max(0, now - endedAt))} ago`)]];
  const facts = [[{text: runName(run), tone: 'link'} as const], [dim(detail.attempt.statusWord)], ...when];
  const [first = [], ...others] = field('compared', flowFacts(facts, valueCells(width)));
  const target = {kind: 'run', runId: run.id, stepName: detail.attempt.name} as const;
  return [{line: first, mark: {key: 'compared', target}}, ...unmarked(others)];
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
