import assert from 'node:assert/strict';
import {call, waitForRun} from './call.js';
import type {RunningChild} from './child.js';
import type {ZenmlServer} from './server.js';

/**
 * Starts a run of one step that lasts `seconds`. Once it is running, replaces the orchestrator of its stack with one of this
 * flavor, as if that had started the run.
 */
export const startWithOrchestrator = async (
  server: ZenmlServer,
  flavor: string,
  seconds = 15,
): Promise<RunningChild & {readonly id: string}> => {
  const {body: stacks} = await call(server, 'GET', 'stacks?name=default&hydrate=true');
  const [stack] = stacks['items'] as {metadata: {components: Record<string, {id: string}[]>}}[];
  const store = stack?.metadata.components['artifact_store']?.[0]?.id;
  const createOrchestrator = async (orchestratorFlavor: string): Promise<string> => {
    const json = {
      name: `${flavor}-${orchestratorFlavor}`,
      type: 'orchestrator',
      flavor: orchestratorFlavor,
      configuration: {},
    };
    return String((await call(server, 'POST', 'components', json)).body['id']);
  };
  const buildComponents = (orchestrator: string) => ({orchestrator: [orchestrator], artifact_store: [store]});
  const local = buildComponents(await createOrchestrator('local'));
  const {body: created} = await call(server, 'POST', 'stacks', {name: flavor, components: local});
  // The client keeps the active stack in its configuration.
  const env = {
    ZENML_ACTIVE_STACK_ID: String(created['id']),
    ZENML_CONFIG_PATH: server.createFolder(`client-${flavor}`),
  };
  const started = await server.startRun('slow.py', ['--steps', '1', '--seconds', String(seconds)], env);
  await waitForRun(server, started.id, ({status}) => status === 'running');
  const components = buildComponents(await createOrchestrator(flavor));
  assert.equal((await call(server, 'PUT', `stacks/${created['id']}`, {components})).status, 200);
  return started;
};
