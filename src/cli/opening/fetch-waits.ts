import type {Client} from '../../api/client.js';
import type {ApiResponse} from '../../api/response.js';
import type {Question} from '../../domain/intervention/question.js';
import type {Run} from '../../domain/run.js';
import {findLatestAttempt} from '../../domain/step.js';
import {iterateSteps, type StepTable} from '../../domain/step-table.js';
import type {KnownRun} from '../../report/known-run.js';

type WaitingRun = {readonly table: StepTable; readonly questions: readonly Question[]};

/** How many resource requests are fetched: queued steps of one run usually wait for the same resources. */
const maxResourceRequests = 20;

/** Who answered the questions of a run, and why its steps are queued, as far as the server says. */
export const fetchWaits = async (
  client: Client,
  {user}: Run,
  {table, questions}: WaitingRun,
  signal: AbortSignal,
): Promise<Pick<KnownRun, 'userNamesById' | 'resourceRequestsById'>> => {
  const [users, requests] = await Promise.all([
    fetchEach(
      questions.flatMap(({resolvedById}) => (resolvedById === user?.id ? [] : (resolvedById ?? []))),
      id => client.fetchUser(id, signal),
    ),
    fetchEach(listResourceRequestIds(table), id => client.fetchResourceRequest(id, signal)),
  ]);
  return {
    userNamesById: new Map(users.map(({id, name}) => [id, name])),
    resourceRequestsById: new Map(requests.map(request => [request.id, request])),
  };
};

/**
 * Fetches an entity for each ID. One that the server does not return is left out: it would only explain other parts of the
 * document.
 */
const fetchEach = async <T>(
  ids: readonly string[],
  fetchOne: (id: string) => Promise<ApiResponse<T>>,
): Promise<readonly T[]> => {
  const responses = await Promise.all([...new Set(ids)].map(fetchOne));
  return responses.flatMap(response => (response.ok ? [response.value] : []));
};

const listResourceRequestIds = (table: StepTable): readonly string[] =>
  [...iterateSteps(table)]
    .flatMap(step => {
      const attempt = findLatestAttempt(step);
      return attempt?.status === 'queued' ? (attempt.resourceRequestId ?? []) : [];
    })
    .slice(0, maxResourceRequests);
