import {setTimeout as pause} from 'node:timers/promises';
import type {ZenmlServer} from './server.js';

export type CallResult = {readonly status: number; readonly text: string; readonly body: Record<string, unknown>};

/** Sends a request to the API of a server without sign-in, and returns the response. */
export const call = async (
  server: ZenmlServer,
  method: string,
  path: string,
  json?: unknown,
  headers: Readonly<Record<string, string>> = {},
): Promise<CallResult> => {
  const response = await fetch(`${server.url}/api/v1/${path}`, {
    method,
    headers: {...(json === undefined ? {} : {'content-type': 'application/json'}), ...headers},
    ...(json === undefined ? {} : {body: JSON.stringify(json)}),
  });
  const text = await response.text();
  const body: unknown = JSON.parse(text === '' ? 'null' : text);
  return {status: response.status, text, body: (body ?? {}) as Record<string, unknown>};
};

type RunBody = {readonly status: string; readonly in_progress?: boolean; readonly status_reason?: string | null};

export const getRunBody = async (server: ZenmlServer, id: string): Promise<RunBody> =>
  (await call(server, 'GET', `runs/${id}`)).body['body'] as RunBody;

/** Resolves with the run as soon as `isWanted` accepts it; throws an error after two minutes. */
export const waitForRun = async (
  server: ZenmlServer,
  id: string,
  isWanted: (run: RunBody) => boolean,
): Promise<RunBody> => {
  const giveUpAt = performance.now() + 120_000;
  for (;;) {
    const run = await getRunBody(server, id);
    if (isWanted(run)) {
      return run;
    }

    if (performance.now() > giveUpAt) {
      throw new Error(`the run did not reach the expected state: ${JSON.stringify(run)}`);
    }

    await pause(200);
  }
};

/** The steps of a run: their names, IDs and statuses. */
export const listSteps = async (
  server: ZenmlServer,
  id: string,
): Promise<readonly {readonly id: string; readonly name: string; readonly body: {readonly status: string}}[]> =>
  (await call(server, 'GET', `runs/${id}/steps`)).body['items'] as never;

type CacheFacts = {readonly cache_key: string; readonly cache_expires_at: string | null};

/** The newest row of a step, with its cache fields. */
export const getStepRow = async (
  server: ZenmlServer,
  runId: string,
  name: string,
): Promise<{readonly id: string; readonly metadata: CacheFacts}> => {
  const step = (await listSteps(server, runId)).findLast(each => each.name === name);
  return (await call(server, 'GET', `steps/${step?.id}?hydrate=true`)).body as never;
};

/** Resolves as soon as a step of the run is running. */
export const waitForStep = async (server: ZenmlServer, id: string): Promise<void> => {
  await waitForRun(server, id, ({status}) => status !== 'initializing' && status !== 'provisioning');
  while (!(await listSteps(server, id)).some(({body}) => body.status === 'running')) {
    await pause(200);
  }
};

/** Resolves with the pending question of a run as soon as there is one. */
export const waitForQuestion = async (
  server: ZenmlServer,
  id: string,
): Promise<{readonly id: string; readonly name: string}> => {
  for (;;) {
    const {body} = await call(server, 'GET', `run_wait_conditions?pipeline_run=${id}&status=pending&hydrate=true`);
    const [question] = body['items'] as {id: string; name: string}[];
    if (question !== undefined) {
      return question;
    }

    await pause(200);
  }
};
