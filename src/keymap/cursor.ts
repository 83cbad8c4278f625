import type {State} from '../store/state.js';
import type {CommandOutcome} from './command.js';
import {openCopyMenu} from './copy-choices.js';
import {findMarkUnderCursor, type ScreenFrame} from './frame.js';
import {explainNoScroll, scrollPane} from './scroll-pane.js';

/** Finds the next mark in this direction, visible or not, starting at the cursor or else at the edge of the visible part. */
const findNextMark = ({marks, cursor, paneTop, paneHeight}: ScreenFrame, by: 1 | -1) => {
  if (cursor !== undefined) {
    return marks[cursor + by];
  }

  return by === 1 ? marks.find(({line}) => line >= paneTop) : marks.findLast(({line}) => line < paneTop + paneHeight);
};

const findReachableMark = (frame: ScreenFrame, by: 1 | -1) => {
  const next = findNextMark(frame, by);
  const isSeen = next !== undefined && next.line >= frame.paneTop && next.line < frame.paneTop + frame.paneHeight;
  return isSeen ? next : undefined;
};

/** Moves to the next mark if it is visible; otherwise scrolls by one line. */
export const moveCursor = (by: 1 | -1, state: State, frame: ScreenFrame): CommandOutcome => {
  const next = findReachableMark(frame, by);
  return next === undefined ? scrollPane(by, state, frame) : {action: {type: 'cursor/set', key: next.key}};
};

export const explainNoMove =
  (by: 1 | -1) =>
  (state: State, frame: ScreenFrame): string | undefined =>
    findReachableMark(frame, by) === undefined ? explainNoScroll(state, frame) : undefined;

/** The section that the mark under the cursor expands or collapses. */
export const findFoldUnderCursor = (frame: ScreenFrame): string | undefined => {
  const mark = findMarkUnderCursor(frame);
  return mark?.fold ?? (mark?.target?.kind === 'fold' ? mark.target.section : undefined);
};

/** The footer's word for enter, unless enter only closes the pane. */
export const findFollowWord = (frame: ScreenFrame): string | undefined => {
  const target = findMarkUnderCursor(frame)?.target;
  return target?.kind === 'step' ? 'go to step' : target?.kind === 'run' ? 'open run' : undefined;
};

/** Follows the link under the cursor, or shows its whole value; closes the pane if there is no mark. */
export const followCursor = (state: State, frame: ScreenFrame): CommandOutcome => {
  const mark = findMarkUnderCursor(frame);
  if (mark?.target?.kind === 'step') {
    return {action: {type: 'step/followed', name: mark.target.name}};
  }

  if (mark?.target?.kind === 'run') {
    return {action: {type: 'run/followed', runId: mark.target.runId, stepName: mark.target.stepName}};
  }

  return (
    toggleFoldUnderCursor(frame) ?? (mark === undefined ? {action: {type: 'pane/closed'}} : openCopyMenu(state, frame))
  );
};

export const toggleFoldUnderCursor = (frame: ScreenFrame): CommandOutcome | undefined => {
  const section = findFoldUnderCursor(frame);
  return section === undefined ? undefined : {action: {type: 'section/toggled', section}};
};
