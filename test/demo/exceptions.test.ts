import assert from 'node:assert/strict';
import {test} from 'vitest';
import {resolveScenario} from '../../src/demo/scenarios/catalog.js';
import type {ExceptionScript, StepScript} from '../../src/demo/script.js';

/** The line of code in the first frame of a traceback, which is in the step function. */
const getRaisingLine = ({traceback}: ExceptionScript): string | undefined => traceback.split('\n')[1]?.trim();

for (const name of ['training', 'failure', 'mapped', 'large:20', 'all', 'runs:40']) {
  test(`${name}: user_code_line is the zero-based line of the step's source at which the traceback starts`, () => {
    const {scenario, size} = resolveScenario(name);
    const failing = scenario
      .build(size)
      .runs.flatMap(({getSteps}) => getSteps())
      .flatMap(step => getExceptions(step).map(exception => ({step, exception})));
    assert.ok(failing.length > 0);
    for (const {step, exception} of failing) {
      const {userCodeLine} = exception;
      assert.equal(
        step.code.split('\n')[userCodeLine ?? -1]?.trim(),
        getRaisingLine(exception),
        `${step.name} of ${name}`,
      );
    }
  });
}

const getExceptions = (step: StepScript): readonly ExceptionScript[] =>
  (step.attempts ?? []).flatMap(({exception}) => (exception === undefined ? [] : [exception]));
