import type {Instant} from '../../domain/instant.js';
import {findLatestAttempt} from '../../domain/step.js';
import {findStepAt} from '../../domain/step-table.js';
import {findWaitReason} from '../../domain/wait-reason.js';
import type {Row} from '../../store/list/rows.js';
import type {OpenRun} from '../../store/run/open-run.js';
import {getWaitFacts} from '../../store/run/wait-facts.js';
import {findLostMs, findStepQuietMs} from '../../store/run-page/quiet-steps.js';
import {findStepProgress} from '../../store/run-page/step-progress.js';
import type {Theme} from '../../theme/theme.js';
import {buildChildRunFacts, buildChildStepFacts} from './child-run-facts.js';
import {buildGroupFacts} from './group-facts.js';
import {buildQuestionFacts} from './question-facts.js';
import type {RowFacts} from './row-text.js';
import {buildStepFacts} from './step-facts.js';
import {buildThisRunFacts} from './this-run-facts.js';

/** The parts of any row of the list; `undefined` if its step or group is gone. `now` is by the server's clock. */
export const buildRowFacts = (row: Row, openRun: OpenRun, now: Instant, theme: Theme): RowFacts | undefined => {
  const isRunOver = openRun.overAt !== undefined;
  const {table} = openRun;
  if (row.kind === 'group') {
    const group = table.structure.groupsById.get(row.groupId);
    return (
      group &&
      buildGroupFacts(group, {table, isRunOver, isOpen: row.isOpen, shownCount: row.members?.length, now}, theme)
    );
  }

  if (row.kind === 'this-run') {
    return buildThisRunFacts(openRun, now, theme);
  }

  if (row.kind === 'run') {
    return buildChildRunFacts(row, now, theme);
  }

  if (row.kind === 'child-step') {
    return buildChildStepFacts(row, now, theme);
  }

  if (row.kind === 'question') {
    return buildQuestionFacts(row.question, now, theme);
  }

  const step = findStepAt(table, row.index);
  const attempt = step && findLatestAttempt(step);
  return (
    step &&
    buildStepFacts(
      step,
      {
        isRunOver,
        now,
        isInGroup: row.isInGroup,
        quietMs: findStepQuietMs(openRun, step, now),
        isLost: findLostMs(openRun, now) !== undefined,
        progress: attempt && findStepProgress(openRun, attempt),
        wait: findWaitReason(step, getWaitFacts(openRun)),
      },
      theme,
    )
  );
};
