import type {Failure} from '../domain/failure.js';
import type {Intervention} from '../domain/intervention/intervention.js';
import {formatInterventionCommand} from '../domain/intervention/zenml-command.js';

/** What happened, and a command that may help. */
export type InterventionReport = {readonly text: string; readonly command?: string | undefined};

/** What the server has accepted. */
export const formatInterventionDone = (intervention: Intervention): string => {
  switch (intervention.kind) {
    case 'stop':
      return intervention.isForced ? 'stopping the run by force' : 'stopping the run: no further step starts';

    case 'abort':
      return 'aborted the question; the run is stopped';

    case 'answer':
      return 'answered; the run continues';

    case 'refresh':
      return 'asked the orchestrator for the status of the run';
  }
};

const sinceByKind: Readonly<Record<Intervention['kind'], {readonly what: string; readonly since: string}>> = {
  stop: {what: 'stop runs', since: '0.84'},
  refresh: {what: 'refresh runs from here', since: '0.84'},
  abort: {what: 'abort questions', since: '0.94.1'},
  answer: {what: 'answer questions', since: '0.94.1'},
};

/** What the server's refusal means for the user. `version` is that of the server, if known. */
export const explainInterventionFailure = (
  intervention: Intervention,
  failure: Failure,
  version: string | undefined,
): InterventionReport => {
  switch (failure.kind) {
    case 'no-route': {
      const {what, since} = sinceByKind[intervention.kind];
      return {
        text: `This server${version === undefined ? '' : ` (${version})`} cannot ${what}: that needs ZenML ${since}.`,
      };
    }

    case 'not-found':
      return {text: 'It no longer exists on the server.'};

    case 'forbidden':
      return failure.detail.startsWith('Insufficient permissions')
        ? {text: `You may look at this run but not change it. The server says: ${failure.detail}`}
        : {text: `Refused by the server: ${failure.detail}`};

    case 'not-signed-in':
      return {text: 'Not carried out: the server rejected the credentials. Run `zenml login` and try again.'};

    case 'refused':
      return explainRefusal(intervention, failure.status, failure.detail);

    case 'proxy-refused':
      return {text: 'Not carried out: a proxy refused the request.'};

    case 'unreachable':
    case 'timed-out':
    case 'untrusted':
    case 'not-zenml':
    case 'malformed':
    case 'too-large':
      return {text: 'The connection was lost; it is not known whether this was carried out.'};
  }
};

const explainRefusal = (intervention: Intervention, status: number, detail: string): InterventionReport => {
  const orchestrator = /'([\w.]*Orchestrator)'/.exec(detail)?.[1] ?? 'This orchestrator';
  if (status === 501) {
    return intervention.kind === 'stop' && intervention.isForced
      ? {text: `${orchestrator} cannot be forced. The run is stopping gracefully: no further step starts.`}
      : {text: `${orchestrator} does not support this.`};
  }

  if (/not installed|No module named|Missing flavor/.test(detail)) {
    const name = /No module named '([\w.-]+)'/.exec(detail)?.[1];
    const integration = name === undefined ? 'an integration' : `its ${name} integration`;
    return {
      text: `The server cannot reach this orchestrator: ${integration} is not installed there. Run this where it is installed:`,
      command: formatInterventionCommand(intervention),
    };
  }

  if (status === 422) {
    return {text: 'The server does not accept this answer.'};
  }

  return {text: `The server returned error ${status}${detail === '' ? '.' : `: ${detail}`}`};
};
