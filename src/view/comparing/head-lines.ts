import type {RunId} from '../../domain/ids.js';
import {elapsedMs} from '../../domain/instant.js';
import type {Run} from '../../domain/run.js';
import {isGoingOn, type RunRow} from '../../domain/run-row.js';
import {cutMiddle, padEnd} from '../../format/cells.js';
import {formatDuration} from '../../format/duration.js';
import {safeText} from '../../format/safe-text.js';
import {statusWord, toneOfStatus} from '../../format/status-words.js';
import {ago} from '../../format/time.js';
import {nowOf} from '../../store/selectors.js';
import type {State} from '../../store/state.js';
import type {Theme} from '../../theme/theme.js';
import {type Pieces, piece} from '../pieces.js';
import {durationChange, filled} from './compared-cell.js';

/** A run at the top of its column; all that is known may be its id. */
export type ComparedHead = {readonly id: RunId; readonly run: Run | RunRow | undefined};

type Options = {
  readonly state: State;
  readonly theme: Theme;
  readonly label: number;
  readonly column: number;
  readonly gap: number;
};

/** Which runs are compared, and how each went; how long it took is set against the first. */
export const headLines = (
  heads: readonly ComparedHead[],
  first: ComparedHead | undefined,
  {state, theme, label, column, gap}: Options,
): readonly Pieces[] => {
  const line = (title: string, cellOf: (head: ComparedHead) => Pieces): Pieces => [
    piece(padEnd(title, label), 'label'),
    ...heads.flatMap(head => [piece(' '.repeat(gap)), ...cellOf(head)]),
  ];
  const now = nowOf(state);
  const tookMs = (run: ComparedHead['run']): number | undefined =>
    run === undefined || (!isGoingOn(run) && run.endedAt === undefined) ? undefined : elapsedMs(run, now);
  const endedMs = (run: ComparedHead['run']): number | undefined =>
    run === undefined || isGoingOn(run) ? undefined : tookMs(run);
  return [
    line('', head => filled([piece(cutMiddle(titleOf(head), column), 'strong')], '', column)),
    line('status', ({run}) => filled(run === undefined ? [] : statusOf(run, theme), '', column)),
    line('duration', ({run}) => {
      const [ms, before] = [tookMs(run), endedMs(first?.run)];
      // What goes on may be shorter only because it is not there yet.
      const isTold = ms !== undefined && before !== undefined && (ms > before || endedMs(run) !== undefined);
      const change = isTold && run?.id !== first?.id ? durationChange(ms, before) : '';
      return filled(ms === undefined ? [] : [piece(formatDuration(ms))], change, column);
    }),
    line('started', ({run}) => {
      const at = run?.startedAt ?? run?.createdAt;
      return filled(at === undefined ? [] : [piece(ago(at, now))], '', column);
    }),
    line('user', ({run}) => filled([piece(safeText(run?.user?.name ?? '', {maxCells: column}))], '', column)),
  ];
};

const titleOf = ({id, run}: ComparedHead): string => {
  if (run === undefined) {
    return id.slice(0, 8);
  }

  // Servers before 0.93 do not count runs: there their names, cut in the middle, tell them apart.
  const name = run.index === undefined ? run.name : (run.pipeline?.name ?? run.name);
  const safe = safeText(name, {maxCells: 200});
  return run.index === undefined ? safe : `${safe} #${run.index}`;
};

const statusOf = (run: Run | RunRow, theme: Theme): Pieces => {
  const tone = toneOfStatus(run.status);
  return [piece(`${theme.statusGlyph(run.status)} `, tone), piece(statusWord(run), tone)];
};
