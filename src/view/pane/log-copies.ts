import {type LogLines, lineAt} from '../../domain/log/lines.js';
import {readText} from '../../domain/log/pattern.js';
import type {LogView} from '../../domain/log/view.js';
import type {CopyText, Mark} from '../../domain/mark.js';
import {withVisibleControls} from '../../format/log/visible-controls.js';
import type {LogWindow} from '../../format/log/window.js';

/** Longer texts are better saved. */
const mostLines = 500;

/** What can be copied of a log: the line that was found, the last one that is seen, and all that is seen. */
export const windowCopies = (
  lines: LogLines,
  view: LogView,
  {first, last}: LogWindow,
  hit: number | undefined,
): readonly Mark[] => {
  if (first === undefined || last === undefined) {
    return [];
  }

  const textAt = (number: number): string => withVisibleControls(readText(lineAt(lines, number)?.text ?? ''));
  const seen: string[] = [];
  for (let place = view.placeOf(first); place <= view.placeOf(last) && seen.length < mostLines; place += 1) {
    seen.push(textAt(view.numberAt(place) ?? first));
  }

  const copies: readonly CopyText[] = [
    ...(hit === undefined ? [] : [{what: 'line found', text: textAt(hit)}]),
    {what: 'last line on the screen', text: textAt(last)},
    {what: 'lines on the screen', text: seen.join('\n')},
  ];
  return [{key: 'log', line: 0, copies}];
};
