import type {State} from '../store/state.js';
import type {CommandOutcome} from './command.js';
import {openCopyMenu} from './copy-choices.js';
import {findMarkUnderCursor, type ScreenFrame} from './frame.js';
import {explainNoScroll, scrollPane} from './scroll-pane.js';

/** The next mark in this direction, seen or not: from the cursor, or from the edge of what is seen where there is none. */
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

/** From mark to mark where the next one is seen; else, and where there are none, a line further. */
export const moveCursor = (by: 1 | -1, state: State, frame: ScreenFrame): CommandOutcome => {
  const next = findReachableMark(frame, by);
  return next === undefined ? scrollPane(by, state, frame) : {action: {type: 'cursor/set', key: next.key}};
};

export const explainNoMove =
  (by: 1 | -1) =>
  (state: State, frame: ScreenFrame): string | undefined =>
    findReachableMark(frame, by) === undefined ? explainNoScroll(state, frame) : undefined;

/** The section that the mark under the cursor unfolds or folds. */
export const findFoldUnderCursor = (frame: ScreenFrame): string | undefined => {
  const mark = findMarkUnderCursor(frame);
  return mark?.fold ?? (mark?.target?.kind === 'fold' ? mark.target.section : undefined);
};

/** What enter does here, where that is not what escape does. */
export const findFollowWord = (frame: ScreenFrame): string | undefined => {
  const target = findMarkUnderCursor(frame)?.target;
  return target?.kind === 'step' ? 'go to step' : target?.kind === 'run' ? 'open run' : undefined;
};

/** Where the mark under the cursor leads, or what it holds, whole; back to the list where there is no mark. */
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
