import {failWithUsageError, type Outcome, succeedWith} from '../../connection/problem.js';
import type {World} from '../../connection/world.js';
import {resolveScenario, type ScenarioChoice} from '../../demo/scenarios/catalog.js';
import {startDemoServer} from '../../demo/server.js';
import {createRealWorld} from '../opening/real-world.js';
import type {WatchOptions} from '../options/watch-options.js';
import {printProblem} from '../printing/print.js';
import {watchRun} from './watch-run.js';

/** Plays a scenario on the built-in server and watches it like any other run. Returns the exit code. */
export const runDemo = async ({log}: World, scenario: string, watch: WatchOptions): Promise<number> => {
  const choice = chooseScenario(scenario);
  if (!choice.ok) {
    printProblem(choice.problem);
    return choice.problem.exitCode;
  }

  const server = await startDemoServer(choice.value);
  try {
    const world = {...createRealWorld(), env: {}, log};
    const connection = {server: server.url, project: undefined, apiKeyFile: undefined};
    // The scenario `runs` demonstrates the list of runs.
    const run = scenario.split(':')[0] === 'runs' ? undefined : server.runId;
    return await watchRun(world, {run, pipeline: undefined, connection, watch}, {isDemo: true});
  } finally {
    await server.close();
  }
};

const chooseScenario = (scenario: string): Outcome<ScenarioChoice> => {
  try {
    return succeedWith(resolveScenario(scenario));
  } catch (error) {
    return failWithUsageError(
      error instanceof Error ? error.message : String(error),
      'For example: `zentop demo failure`, `zentop demo large:5000`.',
    );
  }
};
