import {fraudProject} from '../../src/demo/scenarios/fraud-project.js';
import {buildFailedAttempt, minutes} from '../../src/demo/scenarios/script-tools.js';
import type {Scenario, StepScript} from '../../src/demo/script.js';

const stepCount = 14;
const attemptSeconds = 2.8;
/** More than a step starts during any measurement. */
const maxAttempts = 100;

const flaky = {
  source: 'requests.exceptions.ConnectionError',
  message: 'the feature store did not respond',
  userCodeLine: 3,
  traceback: 'requests.exceptions.ConnectionError: the feature store did not respond\n',
};

const code = '@step\ndef fetch(part: int) -> Annotated[dict, "rows"]:\n    return read(part)\n';

/** Retried again and again: in all steps together, five attempts start and five end each second, as in the large scenario. */
const buildStep = (part: number): StepScript => ({
  name: `fetch_${part}`,
  module: 'fraud.steps.fetch',
  code,
  outputs: [{name: 'rows', kind: 'dict'}],
  attempts: Array.from({length: maxAttempts}, () => buildFailedAttempt(attemptSeconds, flaky, {isLast: false})),
  retry: {max_retries: maxAttempts, delay: 0, backoff: 1},
  delayMs: 59_000 + part * 200,
});

/** As many changes as in a large run, but in few steps. */
export const busy: Scenario = {
  name: 'busy',
  description: 'Fourteen steps that are retried again and again',
  build: () => ({
    ...fraudProject,
    runs: [
      {
        key: 'busy',
        pipeline: 'fetch_all',
        index: 1,
        user: 'jonas',
        startedAgoMs: minutes,
        getSteps: () => Array.from({length: stepCount}, (_, part) => buildStep(part)),
      },
    ],
    shownRunKey: 'busy',
  }),
};
