import type {RunId} from '../../domain/ids.js';
import {findLatestAttempt} from '../../domain/step.js';
import {iterateSteps} from '../../domain/step-table.js';
import {sanitizeText} from '../../format/safe-text.js';
import {isReportComplete} from '../../report/completeness.js';
import {getRunDurationMs, type KnownRun, selectKnownRun} from '../../report/known-run.js';
import {selectRunUrl} from '../../report/summary.js';
import type {State} from '../../store/state.js';
import type {Store} from '../../store/store.js';
import {createProgressMemory} from './progress-memory.js';
import {findUserProgram, startUserProgram} from './user-program.js';

/**
 * Starts a program when a run that was seen in progress has ended and its final state is loaded: without a shell, and with
 * the outcome of the run in its environment. The program may outlive zentop. `onProblem` is called if it cannot be started,
 * or fails before zentop exits. Returns a function that cancels it.
 */
export const startOnEnd = (
  store: Store,
  command: readonly string[],
  onProblem: (text: string) => void,
): (() => void) => {
  const program = findUserProgram(command);
  if (program === undefined) {
    return () => {};
  }

  const wasSeenInProgress = createProgressMemory();
  const endedRunIds = new Set<RunId>();
  const update = (): void => {
    const state = store.get();
    const known = selectKnownRun(state);
    if (!wasSeenInProgress(state) || known === undefined) {
      return;
    }

    if (!known.isOver) {
      // A resumed run ends again.
      endedRunIds.delete(known.run.id);
    } else if (!endedRunIds.has(known.run.id) && isReportComplete(state)) {
      endedRunIds.add(known.run.id);
      startUserProgram('--on-end', program, buildRunVariables(state, known), onProblem);
    }
  };
  update();
  return store.subscribe(update);
};

/** The variables for the program, with control characters removed from the server's texts. */
export const buildRunVariables = (state: State, known: KnownRun): Readonly<Record<string, string>> => {
  const {run, table} = known;
  const failedSteps = [...iterateSteps(table)].filter(step => findLatestAttempt(step)?.status === 'failed');
  const durationMs = getRunDurationMs(known);
  const variables = {
    RUN_ID: run.id,
    RUN_NAME: run.name,
    PIPELINE: run.pipeline?.name ?? '',
    STATUS: run.statusWord,
    DURATION_S: durationMs === undefined ? '' : String(durationMs / 1000),
    URL: selectRunUrl(state, known) ?? '',
  };
  const sanitizedEntries = Object.entries(variables).map(([name, value]) => [`ZENTOP_${name}`, sanitizeText(value)]);
  return {
    ...Object.fromEntries(sanitizedEntries),
    ZENTOP_FAILED_STEPS: joinNames(failedSteps.map(({name}) => sanitizeText(name))),
  };
};

/** No program starts with a longer variable: Windows limits it to 32,767 characters, Linux to 128 KB. */
const maxVariableBytes = 30_000;

/** The first names, as many as fit into a variable: one per line, since names may contain spaces. */
const joinNames = (names: readonly string[]): string => {
  const fittingNames: string[] = [];
  let bytes = 0;
  for (const name of names) {
    bytes += Buffer.byteLength(name) + 1;
    if (bytes > maxVariableBytes) {
      break;
    }

    fittingNames.push(name);
  }

  return fittingNames.join('\n');
};
