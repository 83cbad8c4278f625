import {Box} from 'ink';
import {memo} from 'react';
import type {Instant} from '../../domain/instant.js';
import {remembered} from '../../domain/remembered.js';
import {latestAttempt, type Step} from '../../domain/step.js';
import {type StepTable, stepAt} from '../../domain/step-table.js';
import type {Extent} from '../../store/layout.js';
import {type Arrangement, isFiltering} from '../../store/list/arrangement.js';
import type {Row} from '../../store/rows.js';
import {rowsOf, selectedPlace} from '../../store/selectors.js';
import type {Column} from '../../store/session.js';
import type {Watch} from '../../store/watch.js';
import {windowOf} from '../../store/window.js';
import type {Theme} from '../../theme/theme.js';
import {paint} from '../paint.js';
import {type Pieces, piece} from '../pieces.js';
import {ScreenLine} from '../screen-line.js';
import {childRunFacts} from './child-run-facts.js';
import {type Columns, columnsFor} from './columns.js';
import {groupFacts} from './group-facts.js';
import {positionWords} from './position.js';
import {type RowFacts, rowText} from './row-text.js';
import {stepFacts} from './step-facts.js';
import {titlePieces} from './title-pieces.js';

/*
 *      STEP                    STATUS           TIME    TRY
 *    ↺ load_data               cached              –
 *    ✓ validate                completed         12s
 *  › ◒ trainer                 running        8m 31s    2/3
 *    ◒ ▸ embed [130/200] ━━━━──  running      6m 02s
 *    ⋅ deploy                  waiting
 */

type Props = {
  readonly watch: Watch;
  /** By the server's clock. */
  readonly now: Instant;
  readonly theme: Theme;
  readonly extent: Extent;
  /** Cells of a row; the rest of the extent stays free. */
  readonly rowWidth: number;
  readonly hasTitles: boolean;
  /** Columns that the reader wants; `undefined`: all. */
  readonly wanted?: readonly Column[] | undefined;
};

/** The rows that are on the screen; nothing is made of the others. */
export const StepList = ({watch, now, theme, extent, rowWidth, hasTitles, wanted}: Props) => {
  const {rows} = rowsOf(watch);
  const selected = selectedPlace(watch);
  const {top, count} = windowOf(selected, watch.list.top, rows.length, extent.height);
  const columns = columnsKept(rowWidth, hasTries(watch.table), wanted);
  return (
    <Box flexDirection="column" width={extent.width} height={extent.height + (hasTitles ? 1 : 0)} flexShrink={0}>
      {hasTitles ? (
        <Titles
          columns={columns}
          words={positionWords(watch, extent.height)}
          arrangement={watch.list.arrangement}
          theme={theme}
        />
      ) : undefined}
      {rows.length === 0 ? <ScreenLine text={paint(emptyPieces(watch), {theme, width: rowWidth})} /> : undefined}
      {rows.slice(top, top + count).map(row => {
        const facts = factsOf(row, watch, now, theme);
        const text = facts && rowText(facts, columns, theme, row.key === watch.list.selected);
        return <ScreenLine key={row.key} text={text ?? ''} />;
      })}
    </Box>
  );
};

/** A run that has no steps, yet or at all, or none that is let through. */
const emptyPieces = ({table, list, overAt}: Watch): Pieces => {
  if (table.structure.length > 0) {
    return [piece(`     ${nothingShown(list.arrangement)}`, 'dim')];
  }

  return [piece(`     ${overAt === undefined ? 'no steps yet' : 'this run has no steps'}`, 'dim')];
};

const nothingShown = (arrangement: Arrangement): string => {
  if (!isFiltering(arrangement)) {
    return 'all is done: h shows it';
  }

  return arrangement.isHidingDone
    ? 'no step is let through: h shows what is done, esc what is filtered out'
    : 'no step is let through: esc shows all';
};

type TitlesProps = {
  readonly columns: Columns;
  readonly words: string;
  readonly arrangement: Arrangement;
  readonly theme: Theme;
};

const Titles = memo(({columns, words, arrangement, theme}: TitlesProps) => (
  <ScreenLine text={paint(titlePieces(columns, words, arrangement, theme), {theme, width: columns.width})} />
));

const factsOf = (row: Row, watch: Watch, now: Instant, theme: Theme): RowFacts | undefined => {
  const isRunOver = watch.overAt !== undefined;
  const {table} = watch;
  if (row.kind === 'group') {
    const group = table.structure.groupsById.get(row.groupId);
    return (
      group && groupFacts(group, {table, isRunOver, isOpen: row.isOpen, shownCount: row.members?.length, now}, theme)
    );
  }

  if (row.kind === 'run') {
    return childRunFacts(row.child, now, theme);
  }

  const step = stepAt(table, row.index);
  const attempt = step && latestAttempt(step);
  const detail = attempt && watch.detailsById.get(attempt.id);
  return step && stepFacts(step, {run: watch.run, isRunOver, now, detail, isInGroup: row.isInGroup}, theme);
};

/** Whether any step was tried more than once. */
const hasTries = remembered(({chunks}: StepTable): boolean => chunks.some(hasTriesIn));

const hasTriesIn = remembered((chunk: readonly Step[]): boolean =>
  chunk.some(step => (latestAttempt(step)?.number ?? 1) > 1),
);

/** The same object for the same columns, so that rows see that nothing changed. */
const columnsKept = (width: number, hasTries: boolean, wanted: readonly Column[] | undefined): Columns => {
  const columns = columnsFor(width, hasTries, wanted);
  if (lastColumns === undefined || !isSameColumns(columns, lastColumns)) {
    lastColumns = columns;
  }

  return lastColumns;
};

const isSameColumns = (a: Columns, b: Columns): boolean =>
  a.width === b.width && a.status === b.status && a.time === b.time && a.tries === b.tries;

let lastColumns: Columns | undefined;
