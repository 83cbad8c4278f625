import {decodeMouse, type MouseReport} from './mouse.js';

/** What a terminal sends besides keys. */
export type TerminalReport =
  | {readonly kind: 'mouse'; readonly mouse: MouseReport}
  | {readonly kind: 'focus'; readonly hasFocus: boolean}
  | {readonly kind: 'paste'; readonly text: string}
  | {readonly kind: 'reply'; readonly sequence: string};

export type PendingKind = 'nothing' | 'key' | 'sequence' | 'paste';

export type SplitInput = {
  /** What is for the reader of keys. */
  readonly keys: string;
  readonly reports: readonly TerminalReport[];
  /** An unfinished end, to be put before what comes next. */
  readonly rest: string;
  /**
   * Why the end is held: `key` may as well be a whole key (Esc, Alt+[), which must not wait long; `sequence` is never a
   * whole key; `paste` is a paste whose end has not come.
   */
  readonly pending: PendingKind;
};

/** What begins a paste; as `rest` it means that more of one is to come. */
export const pasteStart = '\x1b[200~';
const pasteEnd = '\x1b[201~';

/**
 * Mouse; focus; a paste's start; CSI with a private mark (no key has one; replies to questions have); OSC and DCS
 * with their ends. A cursor position report looks like shift+F3 and is left to the keys: nobody asks for it.
 */
const reportSequence =
  /\x1b\[<(\d+);(\d+);(\d+)([Mm])|\x1b\[([IO])|\x1b\[200~|\x1b\[[<=>?][\d;:]*[ -/]*[@-~]|\x1b(?:\]\d|P[>!\d])[^\x07\x1b]*(?:\x07|\x1b\\)/g;
const unfinishedSequence = /\x1b\[[0-?]+[ -/]*$|\x1b(?:\]\d|P[>!\d])[^\x07\x1b]*\x1b?$/;
const unfinishedKey = /\x1b(?:\[\[?|[\]OP])?$/;

/** Only text is pasted: line ends as `\n` (terminals send `\r`), tabs, and nothing else that a terminal obeys. */
const cleanPastedText = (raw: string): string =>
  raw.replace(/\r\n?/g, '\n').replace(/[\x00-\x08\x0b-\x1f\x7f-\x9f]/g, '');

/** The part of a paste that has come, when its end does not. */
export const createPartialPaste = (rest: string): TerminalReport => ({
  kind: 'paste',
  text: cleanPastedText(rest.slice(pasteStart.length)),
});

/** Takes everything that is no key out of what the terminal sent; `input` begins with the rest of the last call. */
export const splitInput = (input: string): SplitInput => {
  const reports: TerminalReport[] = [];
  let keys = '';
  let index = 0;
  reportSequence.lastIndex = 0;
  for (let match = reportSequence.exec(input); match; match = reportSequence.exec(input)) {
    keys += input.slice(index, match.index);
    index = reportSequence.lastIndex;
    const [sequence, code, x, y, end, focus] = match;
    if (sequence === pasteStart) {
      const endIndex = input.indexOf(pasteEnd, index);
      if (endIndex === -1) {
        return {keys, reports, rest: input.slice(match.index), pending: 'paste'};
      }
      reports.push({kind: 'paste', text: cleanPastedText(input.slice(index, endIndex))});
      index = reportSequence.lastIndex = endIndex + pasteEnd.length;
    } else if (end !== undefined) {
      reports.push({kind: 'mouse', mouse: decodeMouse(Number(code), Number(x), Number(y), end === 'm')});
    } else if (focus !== undefined) {
      reports.push({kind: 'focus', hasFocus: focus === 'I'});
    } else {
      reports.push({kind: 'reply', sequence});
    }
  }
  const last = input.slice(index);
  const sequence = unfinishedSequence.exec(last);
  const unfinished = sequence ?? unfinishedKey.exec(last);
  if (!unfinished) {
    return {keys: keys + last, reports, rest: '', pending: 'nothing'};
  }
  const held = sequence ? 'sequence' : 'key';
  return {keys: keys + last.slice(0, unfinished.index), reports, rest: unfinished[0], pending: held};
};

const keySequence = /\x1b+(?:\[[0-?[]*[ -/]*[@-~]|O[\d;]*[@-~]|[^\x1b])?|[^\x1b]/gsu;

/** The keys of what is for the reader of keys, one by one: an escape sequence or a character each. */
export const splitKeys = (keys: string): readonly string[] => keys.match(keySequence) ?? [];
