import {sanitizeText} from '../../format/safe-text.js';
import {selectKnownRun} from '../../report/known-run.js';
import {findSilences, type Silence} from '../../store/run-page/quiet-steps.js';
import type {Store} from '../../store/store.js';
import {buildRunVariables} from './on-end.js';
import {findUserProgram, startUserProgram} from './user-program.js';

/**
 * Starts a program once for each step that has been silent for much longer than usual, and for a local run whose process has
 * probably died; again if it falls silent again. Returns a function that cancels it.
 */
export const startOnQuiet = (
  store: Store,
  command: readonly string[],
  onProblem: (text: string) => void,
): (() => void) => {
  const program = findUserProgram(command);
  if (program === undefined) {
    return () => {};
  }

  let keys: ReadonlySet<string> = new Set();
  const update = (): void => {
    const state = store.get();
    const known = selectKnownRun(state);
    const silences = state.openRun === undefined || known === undefined ? [] : findSilences(state.openRun, known.now);
    const before = keys;
    keys = new Set(silences.map(({key}) => key));
    for (const silence of silences) {
      if (known !== undefined && !before.has(silence.key)) {
        const variables = {...buildRunVariables(state, known), ...buildSilenceVariables(silence)};
        startUserProgram('--on-quiet', program, variables, onProblem);
      }
    }
  };
  update();
  return store.subscribe(update);
};

/** The step is empty if the whole run is silent. */
const buildSilenceVariables = ({name = '', quietMs}: Silence): Readonly<Record<string, string>> => ({
  ZENTOP_STEP: sanitizeText(name),
  ZENTOP_QUIET_S: String(Math.floor(quietMs / 1000)),
});
