import type {Mark} from '../domain/mark.js';
import type {State} from '../store/state.js';
import type {CommandOutcome} from './command.js';
import {findMarkUnderCursor, type ScreenFrame} from './frame.js';
import {explainNoScroll, scrollPane} from './scroll-pane.js';

/** Finds the next mark in this direction, visible or not, starting at the cursor or else at the edge of the visible part. */
const findNextMark = ({marks, cursor, paneTop, paneHeight}: ScreenFrame, by: 1 | -1) => {
  if (cursor !== undefined) {
    return marks[cursor + by];
  }

  return by === 1 ? marks.find(({line}) => line >= paneTop) : marks.findLast(({line}) => line < paneTop + paneHeight);
};

/** The next mark in this direction if it is visible. */
const findReachableMark = (frame: ScreenFrame, by: 1 | -1) => {
  const next = findNextMark(frame, by);
  const isVisible = next !== undefined && next.line >= frame.paneTop && next.line < frame.paneTop + frame.paneHeight;
  return isVisible ? next : undefined;
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
export const findSectionUnderCursor = (frame: ScreenFrame): string | undefined => findMarkUnderCursor(frame)?.section;

/** The footer's word for enter, unless enter only closes the pane or does what space does. */
export const findOpenWord = (frame: ScreenFrame): string | undefined => {
  const mark = findMarkUnderCursor(frame);
  switch (mark?.target?.kind) {
    case 'step':
      return 'go to step';

    case 'run':
      return 'open run';

    default:
      return mark?.copyTexts !== undefined && frame.log === undefined && findSectionUnderCursor(frame) === undefined
        ? 'open'
        : undefined;
  }
};

/** Follows the link under the cursor, expands or collapses its section, or opens its whole value; else closes the pane. */
export const openUnderCursor = (_: State, frame: ScreenFrame): CommandOutcome => {
  const mark = findMarkUnderCursor(frame);
  if (mark?.target?.kind === 'step') {
    return {action: {type: 'step/selected', name: mark.target.name}};
  }

  if (mark?.target?.kind === 'run') {
    return {action: {type: 'linkedRun/opened', runId: mark.target.runId, stepName: mark.target.stepName}};
  }

  return toggleSectionUnderCursor(frame) ?? openValueOrClose(mark);
};

const openValueOrClose = (mark: Mark | undefined): CommandOutcome => {
  const [first, ...others] = mark?.copyTexts ?? [];
  if (first === undefined) {
    return {action: {type: 'pane/closed'}};
  }

  const text =
    others.length === 0 ? first.text : [first, ...others].map(each => `${each.what}\n${each.text}`).join('\n\n');
  return {action: {type: 'value/opened', title: first.what, text}};
};

export const toggleSectionUnderCursor = (frame: ScreenFrame): CommandOutcome | undefined => {
  const section = findSectionUnderCursor(frame);
  return section === undefined ? undefined : {action: {type: 'section/toggled', section}};
};
