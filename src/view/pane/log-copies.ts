import {findLogLine, type LogLines} from '../../domain/log/lines.js';
import {removeColors} from '../../domain/log/pattern.js';
import type {LogView} from '../../domain/log/view.js';
import type {CopyText, Mark} from '../../domain/mark.js';
import {showControls} from '../../format/log/visible-controls.js';
import type {LogWindow} from '../../format/log/window.js';

/** No more lines than this are copied: longer texts should be saved to a file instead. */
const maxCopiedLines = 500;

/** What can be copied from a log: the matching line, the last visible line, and all visible lines. */
export const createLogCopies = (
  lines: LogLines,
  view: LogView,
  {first, last}: LogWindow,
  currentMatch: number | undefined,
): readonly Mark[] => {
  if (first === undefined || last === undefined) {
    return [];
  }

  const getLogText = (number: number): string => showControls(removeColors(findLogLine(lines, number)?.text ?? ''));
  const seen: string[] = [];
  for (let index = view.getIndex(first); index <= view.getIndex(last) && seen.length < maxCopiedLines; index += 1) {
    seen.push(getLogText(view.getNumber(index) ?? first));
  }

  const copyTexts: readonly CopyText[] = [
    ...(currentMatch === undefined ? [] : [{what: 'matching line', text: getLogText(currentMatch)}]),
    {what: 'last line on the screen', text: getLogText(last)},
    {what: 'lines on the screen', text: seen.join('\n')},
  ];
  return [{key: 'log', line: 0, copyTexts}];
};
