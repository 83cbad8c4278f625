import {randomUUID} from 'node:crypto';
import type {Interventions} from '../../api/interventions.js';
import type {ApiResponse} from '../../api/response.js';
import type {Intervention} from '../../domain/intervention/intervention.js';

/** Sends the request of an intervention, once. */
export const intervene = (
  interventions: Interventions,
  intervention: Intervention,
  signal: AbortSignal,
): Promise<ApiResponse<unknown>> => {
  switch (intervention.kind) {
    case 'stop':
      return interventions.stopRun(intervention.runId, intervention.isForced, randomUUID(), signal);

    case 'abort':
      return interventions.abortQuestion(intervention.questionId, signal);

    case 'answer':
      return interventions.answerQuestion(intervention.questionId, intervention.value, signal);

    case 'tag':
      return interventions.tagRun(intervention.runId, intervention, signal);

    case 'expire-cache':
      return interventions.expireCache(intervention.stepId, intervention.at, signal);

    case 'refresh':
      return interventions.refreshRun(intervention.runId, randomUUID(), signal);
  }
};
