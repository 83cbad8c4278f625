import type {Failure} from '../domain/failure.js';
import {formatNoRoute, type Intervention, isForceUnsupported} from '../domain/intervention/intervention.js';
import {formatInterventionCommand} from '../domain/intervention/zenml-command.js';
import {formatFailure} from './failure-words.js';
import {sanitizeToWidth} from './sanitize-to-width.js';

/** What happened, and a command that may help. */
type InterventionReport = {readonly text: string; readonly command?: string | undefined};

/** `the tag nightly`, `the tags nightly, gpu`. */
export const formatTags = (tags: readonly string[]): string =>
  `the ${tags.length === 1 ? 'tag' : 'tags'} ${tags.map(tag => sanitizeToWidth(tag, 40)).join(', ')}`;

/** What the server has accepted, in words. */
export const formatInterventionDone = (intervention: Intervention): string => {
  switch (intervention.kind) {
    case 'stop':
      return intervention.isForced ? 'stopping the run by force' : 'stopping the run: no further steps start';

    case 'abort':
      return 'aborted the question; the run is stopped';

    case 'answer':
      return 'answered; the run continues';

    case 'refresh':
      return 'asked the orchestrator for the status of the run';

    case 'tag':
      return [
        ...(intervention.add.length === 0 ? [] : [`added ${formatTags(intervention.add)}`]),
        ...(intervention.remove.length === 0 ? [] : [`removed ${formatTags(intervention.remove)}`]),
      ].join(' and ');

    case 'expire-cache':
      return `expired the cache of ${sanitizeToWidth(intervention.stepName, 60)}`;
  }
};

/** What the failure of a request means for the user. `version` is that of the server, if known. */
export const explainInterventionFailure = (
  intervention: Intervention,
  failure: Failure,
  version: string | undefined,
): InterventionReport => {
  switch (failure.kind) {
    case 'no-route':
      return {text: capitalize(`${formatNoRoute(intervention.kind, version)}.`)};

    case 'not-found':
      return {text: 'It no longer exists on the server.'};

    case 'forbidden':
      return failure.detail.startsWith('Insufficient permissions')
        ? {text: `You can view this run but not change it. The server says: ${failure.detail}`}
        : {text: `Refused by the server: ${failure.detail}`};

    case 'not-signed-in':
      return {text: 'Not carried out: the server rejected the credentials. Run `zenml login` and try again.'};

    case 'refused':
      return explainRefusal(intervention, failure, version);

    case 'proxy-refused':
      return {text: 'Not carried out: a proxy refused the request.'};

    case 'untrusted':
      return {text: `Not carried out: ${formatFailure(failure)}.`};

    case 'unreachable':
    case 'timed-out':
      return {text: 'The connection was lost; it is not known whether this was carried out.'};

    case 'not-zenml':
    case 'malformed':
    case 'too-large':
      return {text: 'The response could not be read; it is not known whether this was carried out.'};
  }
};

const explainRefusal = (
  intervention: Intervention,
  failure: Extract<Failure, {readonly kind: 'refused'}>,
  version: string | undefined,
): InterventionReport => {
  const {status, detail} = failure;
  const server = version === undefined ? undefined : {version};
  const orchestrator = /'([\w.]*Orchestrator)'/.exec(detail)?.[1] ?? 'This orchestrator';
  if (status === 501) {
    return isForceUnsupported(intervention, failure, server)
      ? {text: `${orchestrator} cannot force a stop. The run is stopping gracefully: no further steps start.`}
      : {text: `${orchestrator} does not support this; nothing has changed.`};
  }

  if (/not installed|No module named|Missing flavor/.test(detail)) {
    const name = /No module named '([\w.-]+)'/.exec(detail)?.[1];
    const integration = name === undefined ? 'an integration' : `its ${name} integration`;
    return {
      text: `The server cannot reach this orchestrator: ${integration} is not installed there. Run this where it is installed:`,
      command: formatInterventionCommand(intervention),
    };
  }

  if (/stack .*has been deleted/.test(detail)) {
    return {
      text: "The server cannot reach the orchestrator: the run's stack has been deleted, or you may not use it. Nothing has changed; end the run where it is running.",
    };
  }

  if (status === 422) {
    return {text: `The server does not accept ${intervention.kind === 'answer' ? 'this answer' : 'this'}.`};
  }

  return {text: `The server returned error ${status}${detail === '' ? '.' : `: ${detail}`}`};
};

const capitalize = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
