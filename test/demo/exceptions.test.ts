import assert from 'node:assert/strict';
import {test} from 'vitest';
import {resolveScenario} from '../../src/demo/scenarios/catalogue.js';
import type {ExceptionScript, StepScript} from '../../src/demo/script.js';

/** The line of code under the first frame of a traceback: that of the user's step function. */
const raisingLine = ({traceback}: ExceptionScript): string | undefined => traceback.split('\n')[1]?.trim();

for (const name of ['training', 'failure', 'mapped', 'large:20', 'all', 'runs:40']) {
  test(`${name}: user_code_line counts from 0 to the line of the step's source that the traceback begins with`, () => {
    const {scenario, size} = resolveScenario(name);
    const failing = scenario
      .build(size)
      .runs.flatMap(({steps}) => steps())
      .flatMap(step => exceptionsOf(step).map(exception => ({step, exception})));
    assert.ok(failing.length > 0);
    for (const {step, exception} of failing) {
      const {userCodeLine} = exception;
      assert.equal(
        step.code.split('\n')[userCodeLine ?? -1]?.trim(),
        raisingLine(exception),
        `${step.name} of ${name}`,
      );
    }
  });
}

const exceptionsOf = (step: StepScript): readonly ExceptionScript[] =>
  (step.attempts ?? []).flatMap(({exception}) => (exception === undefined ? [] : [exception]));
