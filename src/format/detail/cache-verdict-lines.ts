import type {StepDetail} from '../../domain/attempt.js';
import type {CacheVerdict} from '../../domain/cache/verdict.js';
import type {Failure} from '../../domain/failure.js';
import type {Instant} from '../../domain/instant.js';
import type {Target} from '../../domain/mark.js';
import type {Run} from '../../domain/run.js';
import type {CachePolicy} from '../../domain/step-config.js';
import {formatRunName, renderCacheSetting, renderExpiry, renderOriginFacts} from '../cache-setting.js';
import {formatTrimmedDuration} from '../duration.js';
import {blankLine, type Line, renderDim, renderPlain} from '../line.js';
import {sanitizeText} from '../safe-text.js';
import {sanitizeToWidth} from '../sanitize-to-width.js';
import {formatAgo, type UtcOffset} from '../time.js';
import {wrapLine} from '../wrap.js';
import {renderCacheReason} from './cache-reason.js';
import {createUnmarkedLines, type MarkedLine} from './content.js';
import {renderDifferences} from './difference-lines.js';
import type {WriterVerdict} from './difference-words.js';
import {getValueCells, renderFactField} from './field.js';

export type CacheView = {
  readonly detail: StepDetail;
  readonly run: Run | undefined;
  readonly verdict: CacheVerdict;
  /** Why previous runs could not be loaded. */
  readonly failure: Failure | undefined;
  /** The step whose outputs were reused, and its run, as far as they are loaded. */
  readonly original: StepDetail | undefined;
  readonly originalRun: Run | undefined;
  readonly now: Instant;
  readonly width: number;
  readonly getUtcOffset: UtcOffset;
  readonly isToggled: (section: string) => boolean;
  /** How a step of this run got its outputs. */
  readonly findWriterVerdict: (name: string) => WriterVerdict | undefined;
  /** The run of a step run, if it is loaded. */
  readonly findRun: (detail: StepDetail) => Run | undefined;
};

/** Why the step was or was not served from the cache, and the details behind that. */
export const renderCacheVerdict = (view: CacheView): readonly MarkedLine[] => [
  ...createUnmarkedLines(wrapLine(renderCacheReason(view), view.width)),
  {line: blankLine},
  ...renderVerdictDetails(view),
  ...createUnmarkedLines(renderSettings(view)),
];

const renderVerdictDetails = (view: CacheView): readonly MarkedLine[] => {
  const {verdict, detail} = view;
  switch (verdict.kind) {
    case 'reused':
    case 'replayed':
      return renderOrigin(view);

    case 'differs':
      return [
        ...renderDifferences(verdict.differences, {...view, before: verdict.comparedStep, after: detail}),
        {line: blankLine},
        ...renderComparedStep('compared', verdict.comparedStep, view),
      ];

    case 'expired':
    case 'too early':
    case 'not completed':
    case 'unexplained':
      return renderComparedStep('same key', verdict.comparedStep, view);

    case 'unseen difference':
    case 'no key':
      return renderComparedStep('compared', verdict.comparedStep, view);

    default:
      return [];
  }
};

const renderOrigin = ({original, originalRun, run, width, detail}: CacheView): readonly MarkedLine[] => {
  const facts = renderOriginFacts({original, originalRun, run, maxCells: getValueCells(width)});
  const target = original && findStepTarget(original, run);
  const [first, ...others] = renderFactField('from', facts, width);
  return first === undefined || detail.originalStepId === undefined
    ? []
    : [{line: first, ...(target === undefined ? {} : {mark: {key: 'from', target}})}, ...createUnmarkedLines(others)];
};

/**
 * What Enter opens at a step run: the step if it is one of the run on the screen, otherwise its run; `undefined` if its run is
 * unknown.
 */
const findStepTarget = ({attempt: {name}, runId}: StepDetail, shownRun: Run | undefined): Target | undefined => {
  if (runId === undefined) {
    return undefined;
  }

  return runId === shownRun?.id ? {kind: 'step', name} : {kind: 'run', runId, stepName: name};
};

/** The step run used for comparison; Enter opens it. */
const renderComparedStep = (label: string, comparedStep: StepDetail, view: CacheView): readonly MarkedLine[] => {
  const {now, width, run: ownRun, findRun, getUtcOffset} = view;
  const {attempt, cacheExpiresAt} = comparedStep;
  const run = findRun(comparedStep);
  const facts: readonly Line[] = [
    run === undefined
      ? [renderDim('a previous run')]
      : [{text: formatRunName(run, getValueCells(width)), tone: 'link'}],
    [renderDim('step '), renderPlain(sanitizeToWidth(attempt.name, getValueCells(width) - 5))],
    [renderDim(sanitizeText(attempt.statusWord))],
    attempt.endedAt === undefined ? [] : [renderDim(formatAgo(attempt.endedAt, now))],
    cacheExpiresAt === undefined ? [] : [renderExpiry(cacheExpiresAt, now, getUtcOffset)],
  ];
  const [first = [], ...others] = renderFactField(label, facts, width);
  const target = findStepTarget(comparedStep, ownRun);
  return [
    {line: first, ...(target === undefined ? {} : {mark: {key: 'compared', target}})},
    ...createUnmarkedLines(others),
  ];
};

const renderSettings = ({detail, run, now, getUtcOffset, width}: CacheView): readonly Line[] => {
  const {cacheKey, cacheExpiresAt, config} = detail;
  const code = config.cachingParameters['step_source'];
  return [
    ...renderFactField('cache', renderCacheSetting(detail, run), width),
    ...(cacheKey === undefined
      ? []
      : renderFactField(
          'key',
          [[renderPlain(sanitizeText(cacheKey))], [renderExpiry(cacheExpiresAt, now, getUtcOffset)]],
          width,
        )),
    ...(typeof code === 'string'
      ? renderFactField(
          'code',
          [[renderPlain(sanitizeText(code.slice(0, 16)))], [renderDim('SHA-256 of the step code')]],
          width,
        )
      : []),
    ...(config.cachePolicy === undefined
      ? []
      : renderFactField('policy', renderPolicyFacts(config.cachePolicy), width)),
  ];
};

const renderPolicyFacts = (policy: CachePolicy): readonly Line[] => {
  const renderNames = (what: string, list: readonly string[]) =>
    list.length === 0 ? [] : [[renderDim(`${what} ${list.map(name => sanitizeText(name)).join(', ')}`)]];
  const excludedParts = [
    policy.includesStepCode ? '' : 'code',
    policy.includesStepParameters ? '' : 'parameters',
    policy.includesArtifactValues ? '' : 'input contents',
    policy.includesArtifactIds ? '' : 'input versions',
  ].filter(word => word !== '');
  return [
    [excludedParts.length === 0 ? renderDim('default (all)') : renderPlain(`all except ${excludedParts.join(', ')}`)],
    ...renderNames('ignores', policy.ignoredInputs),
    ...renderNames('files', policy.fileDependencies),
    ...renderNames('sources', policy.sourceDependencies),
    ...(policy.cacheFunction === undefined ? [] : [[renderDim(`function ${sanitizeText(policy.cacheFunction)}`)]]),
    ...(policy.expiresAfterSeconds === undefined
      ? []
      : [[renderDim(`expires after ${formatTrimmedDuration(policy.expiresAfterSeconds * 1000)}`)]]),
  ];
};
