import type {Failure} from '../../domain/failure.js';
import type {RunId} from '../../domain/ids.js';
import {findNotRunChanges} from '../../report/changes.js';
import {selectKnownRun} from '../../report/known-run.js';
import {emptyNarration, updateNarration} from '../../report/narration.js';
import {renderStillRunning} from '../../report/render-change.js';
import {selectRunUrl} from '../../report/summary.js';
import {selectServerNow} from '../../store/selectors.js';
import type {State} from '../../store/state.js';
import type {ChangeFormatter} from './change-formatter.js';
import type {StandardOutput} from './standard-output.js';

/**
 * After this long without output, in milliseconds, a line says that the run is still running, so that CI does not kill a silent
 * job.
 */
const maxSilenceMs = 60_000;

/** Creates a printer of what is new in each state. */
export const createChangePrinter = (formatter: ChangeFormatter, output: Pick<StandardOutput, 'isTty' | 'write'>) => {
  let narration = emptyNarration;
  let printedAt: number | undefined;
  /** The previous state, and the run whose end has been printed. */
  let previous: State | undefined;
  let endedRunId: RunId | undefined;

  /** Prints the end of the run unless it has been printed before; returns whether it did. */
  const printEnd = (state: State): boolean => {
    const known = selectKnownRun(state);
    if (known === undefined || known.run.id === endedRunId) {
      return false;
    }

    endedRunId = known.run.id;
    const url = state.session.isDemo ? undefined : selectRunUrl(state, known);
    const end = {type: 'end', at: selectServerNow(state), known, url} as const;
    output.write([...findNotRunChanges(known), end].map(formatter.formatChange).join(''));
    printedAt = state.now;
    return true;
  };

  /** After a switch to another run, prints the end of the previous one first. */
  const updateRun = (state: State): void => {
    if (previous !== undefined && previous.openRun?.runId !== state.openRun?.runId) {
      printEnd(previous);
      narration = {...emptyNarration, outage: narration.outage};
    }

    previous = state;
  };

  return {
    printEnd,
    /** Prints what is new; returns the failure if the server has been unreachable for too long. */
    printChanges: (state: State, giveUpAfterMs: number): Failure | undefined => {
      updateRun(state);
      const next = updateNarration(narration, state);
      narration = next.narration;
      output.write(next.changes.map(formatter.formatChange).join(''));
      printedAt = next.changes.length > 0 ? state.now : (printedAt ?? state.now);
      const known = selectKnownRun(state);
      const isAlive = known !== undefined && known.run.id !== endedRunId;
      if (formatter.isPlain && !output.isTty && isAlive && state.now - printedAt >= maxSilenceMs) {
        output.write(formatter.formatLines([renderStillRunning(known)]));
        printedAt = state.now;
      }

      const {outage} = narration;
      return outage !== undefined && state.now - outage.since >= giveUpAfterMs ? outage.failure : undefined;
    },
  };
};
