import type {Instant} from '../../domain/instant.js';
import {getPhase} from '../../domain/status.js';
import {findLatestAttempt, type Step} from '../../domain/step.js';
import type {WaitReason} from '../../domain/wait-reason.js';
import {formatWholeSeconds} from '../duration.js';
import {joinLines, type Line, renderDim, renderPlain, renderStrong, type Segment} from '../line.js';
import {pluralize} from '../plural.js';
import {sanitizeToWidth} from '../sanitize-to-width.js';
import {formatStatus, getStatusTone} from '../status-words.js';
import {formatLocalTime} from '../time.js';
import {formatTimeUntil, getWaitLabel} from '../wait-words.js';
import {renderFactField} from './field.js';
import type {OverviewInput, UpstreamStep} from './overview-input.js';

const maxShownNames = 6;
const maxNameCells = 40;

const renderStepName = (name: string): Segment => renderPlain(sanitizeToWidth(name, maxNameCells));

const renderNameWithStatus = (step: UpstreamStep): Line => [
  renderStepName(step.name),
  {text: ` ${step.status}`, tone: getStatusTone(step.status)},
];

/** The first items, and how many more there are. */
const renderFirst = <T>(items: readonly T[], render: (item: T) => Line): readonly Line[] => {
  const hiddenCount = items.length - maxShownNames;
  return [
    ...items.slice(0, maxShownNames).map(render),
    ...(hiddenCount > 0 ? [[renderDim(`and ${pluralize(hiddenCount, 'more', 'more')}`)]] : []),
  ];
};

/** Why a step has not started, will never start, or has started but is not running. Empty if it is not waiting. */
export const renderWaiting = (input: OverviewInput): readonly Line[] => {
  const {wait, width} = input;
  if (wait === undefined) {
    return [];
  }

  return renderFactField(getWaitLabel(wait), renderReason(wait, input), width);
};

/** Puts `prefix` before the first of several facts. */
const withPrefix = (prefix: string, facts: readonly Line[]): readonly Line[] =>
  facts.map((fact, index) => (index === 0 ? [renderDim(prefix), ...fact] : fact));

const renderReason = (wait: WaitReason, {now, getUtcOffset}: OverviewInput): readonly Line[] => {
  switch (wait.kind) {
    case 'failure':
      return renderFirst(wait.steps, step => renderBlocker(step, now, 'ago'));

    case 'end':
      return [[renderDim('run ended first')]];

    case 'stopping':
      return [[renderDim("won't run: the run is stopping")]];

    case 'upstream':
      return withPrefix(
        'for ',
        renderFirst(wait.steps, step => renderBlocker(step, now, 'for')),
      );

    case 'question':
      return [
        [renderDim('for an answer: '), {text: sanitizeToWidth(wait.text, maxTextCells), tone: 'warning'}],
        ...(wait.since === undefined ? [] : [[renderDim(`asked ${formatWholeSeconds(now - wait.since)} ago`)]]),
      ];

    case 'paused':
      return [
        [
          {text: 'the run is paused', tone: 'warning'},
          ...(wait.text === undefined ? [] : [renderDim(`: ${sanitizeToWidth(wait.text, maxTextCells)}`)]),
        ],
      ];

    case 'queued':
      return [
        joinLines([[renderDim('for resources')], ...renderSince(wait.since, now)], ' '),
        ...(wait.text === undefined ? [] : [[renderPlain(sanitizeToWidth(wait.text, maxTextCells))]]),
      ];

    case 'provisioning':
      return [...renderSince(wait.since, now), [renderDim('ZenML does not say what for')]];

    case 'retry':
      return wait.until === undefined
        ? [[renderDim('for the next attempt')]]
        : [
            [renderDim('until '), renderStrong(formatLocalTime(wait.until, now, getUtcOffset))],
            [renderDim(`next attempt ${formatTimeUntil(wait.until, now)}`)],
          ];

    case 'ready':
      return [[renderDim('ready to start')], ...renderSince(wait.since, now)];
  }
};

const maxTextCells = 120;

const renderSince = (since: Instant | undefined, now: Instant): readonly Line[] =>
  since === undefined ? [] : [[renderDim('for '), renderStrong(formatWholeSeconds(now - since))]];

/** `train running for 3m 20s`, `train failed 3m 20s ago`. */
const renderBlocker = (step: Step, now: Instant, word: 'ago' | 'for'): Line => {
  const attempt = findLatestAttempt(step);
  if (attempt === undefined) {
    return [renderStepName(step.name), renderDim(' ready to start')];
  }

  const since = attempt.endedAt ?? attempt.startedAt;
  const time = since === undefined ? '' : formatWholeSeconds(now - since);
  return [
    renderStepName(step.name),
    {text: ` ${formatStatus(attempt)}`, tone: getStatusTone(attempt.status)},
    renderDim(time === '' ? '' : word === 'ago' ? ` ${time} ago` : ` for ${time}`),
  ];
};

/** The upstream steps that are done, for a step that has not started. */
export const renderDoneUpstream = ({upstream, width}: OverviewInput): readonly Line[] => {
  const done = upstream.filter(({status}) => getPhase(status) === 'succeeded');
  return renderFactField(
    'done',
    renderFirst(done, step => [renderStepName(step.name)]),
    width,
  );
};

/** The upstream steps; those that did not succeed are shown with their status. */
export const renderUpstream = ({upstream, width}: OverviewInput): readonly Line[] => {
  const renderStep = (step: UpstreamStep) =>
    getPhase(step.status) === 'succeeded' ? [renderStepName(step.name)] : renderNameWithStatus(step);
  return renderFactField('upstream', renderFirst(upstream, renderStep), width);
};
