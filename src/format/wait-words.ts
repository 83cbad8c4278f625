import type {Instant} from '../domain/instant.js';
import {findLatestAttempt, type Step} from '../domain/step.js';
import type {WaitReason} from '../domain/wait-reason.js';
import {formatWholeSeconds} from './duration.js';
import {type Line, renderDim} from './line.js';
import {formatCount} from './number.js';
import {sanitizeToWidth} from './sanitize-to-width.js';
import {formatStatus} from './status-words.js';

const maxNameCells = 40;
const maxTextCells = 80;

const second = 1000;

/** `queued for 6m 00s`; only the word if the start is unknown. */
const formatSince = (word: string, since: Instant | undefined, now: Instant): string =>
  since === undefined ? word : `${word} for ${formatWholeSeconds(now - since)}`;

/** `running for 3m 20s`, `ready to start` for a step that has not started. */
const formatBlockerState = (step: Step, now: Instant): string => {
  const attempt = findLatestAttempt(step);
  return attempt === undefined
    ? 'ready to start'
    : formatSince(formatStatus(attempt), attempt.endedAt ?? attempt.startedAt, now);
};

const formatNames = (steps: readonly Step[]): string => {
  const [first, ...others] = steps.map(({name}) => sanitizeToWidth(name, maxNameCells));
  return others.length === 0
    ? (first ?? '')
    : others.length === 1
      ? `${first} and ${others[0]}`
      : `${first} and ${formatCount(others.length)} others`;
};

/** `train failed`; several steps need not have ended in the same way. */
const formatFailures = (steps: readonly Step[]): string => {
  const attempt = steps[0] && findLatestAttempt(steps[0]);
  const end = steps.length > 1 || attempt === undefined ? 'did not succeed' : formatStatus(attempt);
  return `${formatNames(steps)} ${end}`;
};

/** When the next attempt is due: `in 18s`, `now`. */
export const formatTimeUntil = (until: Instant, now: Instant): string =>
  until - now < second ? 'now' : `in ${formatWholeSeconds(until - now)}`;

/** The label before `formatWaitValue`: `not run` for a step that never starts. */
export const getWaitLabel = ({kind}: WaitReason): string =>
  kind === 'failure' || kind === 'end' ? 'not run' : 'waiting';

/** Why something is waiting or will not run, after the label that `getWaitLabel` returns. */
export const formatWaitValue = (reason: WaitReason, now: Instant): string =>
  reason.kind === 'failure' ? formatFailures(reason.steps) : formatWait(reason, now);

/** Why something is waiting, and since when: `for train (running for 3m 20s)`, `queued for 6m 00s: pool gpu is full`. */
export const formatWait = (reason: WaitReason, now: Instant): string => {
  switch (reason.kind) {
    case 'failure':
      return `${reason.isRunOver ? '' : "won't run: "}${formatFailures(reason.steps)}`;

    case 'end':
      return 'the run ended first';

    case 'stopping':
      return "won't run: the run is stopping";

    case 'upstream': {
      const [only, ...others] = reason.steps;
      const state = only === undefined || others.length > 0 ? '' : ` (${formatBlockerState(only, now)})`;
      return `for ${formatNames(reason.steps)}${state}`;
    }

    case 'question':
      return `for an answer to “${formatText(reason.text)}”${
        reason.since === undefined ? '' : `, asked ${formatWholeSeconds(now - reason.since)} ago`
      }`;

    case 'paused':
      return `the run is paused${reason.text === undefined ? '' : `: ${formatText(reason.text)}`}`;

    case 'queued':
      return (
        formatSince('queued', reason.since, now) + (reason.text === undefined ? '' : `: ${formatText(reason.text)}`)
      );

    case 'provisioning':
      return `${formatSince('provisioning', reason.since, now)}; ZenML does not say what for`;

    case 'retry':
      return `for the next attempt${reason.until === undefined ? '' : `, due ${formatTimeUntil(reason.until, now)}`}`;

    case 'ready':
      return formatSince('ready to start', reason.since, now);
  }
};

const formatText = (text: string): string => sanitizeToWidth(text, maxTextCells);

/** The reason after the name in a row, longest variant first; the row has the status and the time in columns of their own. */
export const renderWaitVariants = (reason: WaitReason, now: Instant): readonly Line[] => [
  ...listShortWaitTexts(reason, now)
    .filter(text => text !== '')
    .map(text => [renderDim(`  ${withWaitVerb('waits', text)}`)]),
  [],
];

/** `waits for train`, `next attempt in 18s`: the verb only before what is waited for. */
export const withWaitVerb = (verb: 'waits' | 'waiting', text: string): string =>
  text.startsWith('for ') ? `${verb} ${text}` : text;

/** The texts of `renderWaitVariants` without their verbs, longest first. */
export const listShortWaitTexts = (reason: WaitReason, now: Instant): readonly string[] => {
  switch (reason.kind) {
    case 'failure':
      return [formatFailures(reason.steps)];

    case 'upstream':
      return [`for ${formatNames(reason.steps)}`];

    case 'question':
      return [`for an answer: ${formatText(reason.text)}`, 'for an answer'];

    case 'queued':
      return reason.text === undefined ? [] : [formatText(reason.text)];

    case 'retry':
      return reason.until === undefined ? [] : [`next attempt ${formatTimeUntil(reason.until, now)}`];

    case 'paused':
      return ['the run is paused'];

    case 'stopping':
      return ['the run is stopping'];

    case 'provisioning':
      return ['ZenML does not say what for'];

    case 'ready':
      return ['ready to start'];

    case 'end':
      return [];
  }
};
