import type {Timing} from '../../api/response.js';
import {type Result, succeed} from '../../domain/result.js';
import {getLastEndAt, isEffectivelyOver} from '../../domain/run-end.js';
import type {KnownRun} from '../../report/known-run.js';
import {clampToBounds, getDateBounds} from '../../store/requests/clock-evidence.js';
import {fetchPastRuns} from './fetch-past-runs.js';
import {fetchWaits} from './fetch-waits.js';
import {fetchWholeRun, type WholeRun} from './fetch-whole-run.js';
import type {OpenedRun} from './open-run.js';

/** Fetches everything about the run that was opened, and says what could not be fetched. */
export const fetchKnownRun = async (
  {connection, resolved, time}: OpenedRun,
  signal: AbortSignal,
): Promise<Result<KnownRun & Pick<WholeRun, 'bareCount' | 'isGraphMissing'>>> => {
  const {run, timing} = resolved;
  const now = time.clock.now() + estimateClockOffsetMs(timing);
  const whole = await fetchWholeRun(connection.client, run, signal);
  if (!whole.ok) {
    return whole;
  }

  // Neither clock is trusted alone: a proxy may write its own Date.
  const quietMs = Math.min(now, time.clock.now()) - (getLastEndAt(whole.value.table) ?? now);
  const isOver = isEffectivelyOver(run, whole.value.table, quietMs);
  const [pastRuns, waits] = await Promise.all([
    isOver ? [] : fetchPastRuns(connection.client, run, whole.value.table, signal),
    fetchWaits(connection.client, run, whole.value, signal),
  ]);
  return succeed({run, ...whole.value, ...waits, pastRuns, isOver, now});
};

/** What to add to the local clock to get the server's; 0 if that is consistent with the Date of the response. */
const estimateClockOffsetMs = (timing: Timing): number =>
  timing.serverDateAt === undefined ? 0 : clampToBounds(0, getDateBounds(timing.serverDateAt, timing));
