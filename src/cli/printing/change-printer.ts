import type {Failure} from '../../domain/failure.js';
import type {RunId} from '../../domain/ids.js';
import {selectKnownRun} from '../../report/known-run.js';
import {emptyNarration, updateNarration} from '../../report/narration.js';
import {renderStillRunning} from '../../report/render-change.js';
import {selectRunUrl} from '../../report/summary.js';
import {selectServerNow} from '../../store/selectors.js';
import type {State} from '../../store/state.js';
import type {ChangeFormatter} from './change-formatter.js';
import type {StandardOutput} from './standard-output.js';

/** Nothing was said for this long, in milliseconds: say that we live, for those who end jobs that look dead. */
const maxSilenceMs = 60_000;

/** Tells each state by what is new in it. */
export const createChangePrinter = (voice: ChangeFormatter, output: Pick<StandardOutput, 'isTty' | 'write'>) => {
  let narration = emptyNarration;
  let saidAt: number | undefined;
  /** The state as it was looked at last, and the run whose end has been told. */
  let before: State | undefined;
  let ended: RunId | undefined;

  /** Answers whether that was news. */
  const tellEnd = (state: State): boolean => {
    const known = selectKnownRun(state);
    if (known === undefined || known.run.id === ended) {
      return false;
    }

    ended = known.run.id;
    const url = state.session.isDemo ? undefined : selectRunUrl(state, known);
    output.write(voice.formatChange({type: 'end', at: selectServerNow(state), known, url}));
    saidAt = state.now;
    return true;
  };

  /** Another run has been taken up: the end of the one before is told first. */
  const turnTo = (state: State): void => {
    if (before !== undefined && before.watch?.runId !== state.watch?.runId) {
      tellEnd(before);
      narration = {...emptyNarration, outage: narration.outage};
    }

    before = state;
  };

  return {
    tellEnd,
    /** Tells what is new; answers why the server is given up, if it is. */
    tell: (state: State, giveUpAfterMs: number): Failure | undefined => {
      turnTo(state);
      const next = updateNarration(narration, state);
      narration = next.narration;
      output.write(next.changes.map(voice.formatChange).join(''));
      saidAt = next.changes.length > 0 ? state.now : (saidAt ?? state.now);
      const known = selectKnownRun(state);
      const isAlive = known !== undefined && known.run.id !== ended;
      if (voice.isPlain && !output.isTty && isAlive && state.now - saidAt >= maxSilenceMs) {
        output.write(voice.formatLines([renderStillRunning(known)]));
        saidAt = state.now;
      }

      const {outage} = narration;
      return outage !== undefined && state.now - outage.since >= giveUpAfterMs ? outage.failure : undefined;
    },
  };
};
