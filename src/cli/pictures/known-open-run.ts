import {findMetadataProgress} from '../../domain/progress.js';
import {isFinished} from '../../domain/status.js';
import type {KnownRun} from '../../report/known-run.js';
import {emptyHistory} from '../../store/history/history.js';
import {createOpenRun, type OpenRun} from '../../store/run/open-run.js';
import {initialRunPage, withProgress} from '../../store/run-page/run-page.js';

/** The run as the state of the screen would contain it. */
export const createKnownOpenRun = ({
  run,
  table,
  detailsById,
  childRuns,
  questions,
  pastRuns,
  isOver,
  now,
}: KnownRun): OpenRun => ({
  ...createOpenRun(run.id, now),
  run,
  table,
  detailsById,
  childRuns,
  questions,
  history: {...emptyHistory, pastRuns},
  page: [...detailsById.values()].reduce(
    (page, {attempt: {id, status}, metadata}) =>
      isFinished(status) ? page : withProgress(page, id, findMetadataProgress(metadata), now),
    initialRunPage,
  ),
  hasPlan: true,
  overAt: isOver ? now : undefined,
});
