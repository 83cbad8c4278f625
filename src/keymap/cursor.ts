import type {State} from '../store/state.js';
import type {Outcome} from './command.js';
import {copyingOpened} from './copy-choices.js';
import {type Frame, markUnderCursor} from './frame.js';
import {nothingToScroll, scrolled} from './scroll-pane.js';

/** The next mark in this direction, seen or not: from the cursor, or from the edge of what is seen where there is none. */
const nextMark = ({marks, cursor, paneTop, paneHeight}: Frame, by: 1 | -1) => {
  if (cursor !== undefined) {
    return marks[cursor + by];
  }

  return by === 1 ? marks.find(({line}) => line >= paneTop) : marks.findLast(({line}) => line < paneTop + paneHeight);
};

const reachable = (frame: Frame, by: 1 | -1) => {
  const next = nextMark(frame, by);
  const isSeen = next !== undefined && next.line >= frame.paneTop && next.line < frame.paneTop + frame.paneHeight;
  return isSeen ? next : undefined;
};

/** From mark to mark where the next one is seen; else, and where there are none, a line further. */
export const cursorMoved = (by: 1 | -1, state: State, frame: Frame): Outcome => {
  const next = reachable(frame, by);
  return next === undefined ? scrolled(by, state, frame) : {action: {type: 'cursor/set', key: next.key}};
};

export const nowhereToMove =
  (by: 1 | -1) =>
  (state: State, frame: Frame): string | undefined =>
    reachable(frame, by) === undefined ? nothingToScroll(state, frame) : undefined;

/** The section that the mark under the cursor unfolds or folds. */
export const foldUnderCursor = (frame: Frame): string | undefined => {
  const mark = markUnderCursor(frame);
  return mark?.fold ?? (mark?.target?.kind === 'fold' ? mark.target.section : undefined);
};

/** What enter does here, where that is not what escape does. */
export const followWord = (frame: Frame): string | undefined => {
  const target = markUnderCursor(frame)?.target;
  return target?.kind === 'step' ? 'go to step' : target?.kind === 'run' ? 'open run' : undefined;
};

/** Where the mark under the cursor leads, or what it holds, whole; back to the list where there is no mark. */
export const cursorFollowed = (state: State, frame: Frame): Outcome => {
  const mark = markUnderCursor(frame);
  if (mark?.target?.kind === 'step') {
    return {action: {type: 'step/followed', name: mark.target.name}};
  }

  if (mark?.target?.kind === 'run') {
    return {action: {type: 'run/followed', runId: mark.target.runId, stepName: mark.target.stepName}};
  }

  return foldToggled(frame) ?? (mark === undefined ? {action: {type: 'pane/closed'}} : copyingOpened(state, frame));
};

export const foldToggled = (frame: Frame): Outcome | undefined => {
  const section = foldUnderCursor(frame);
  return section === undefined ? undefined : {action: {type: 'section/toggled', section}};
};
