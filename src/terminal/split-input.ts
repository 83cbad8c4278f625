/** What a terminal sends besides keys. */
export type TerminalReport =
  | {readonly kind: 'focus'; readonly hasFocus: boolean}
  | {readonly kind: 'paste'; readonly text: string}
  | MouseReport
  | {readonly kind: 'reply'; readonly sequence: string};

/** A mouse event in SGR encoding (mode 1006). Columns and rows are counted from 0. */
type MouseReport = {
  readonly kind: 'mouse';
  /** 0: left, 64: wheel up, 65: wheel down. Modifier keys, and other buttons, set further bits. */
  readonly button: number;
  readonly column: number;
  readonly row: number;
  readonly isRelease: boolean;
};

export type PendingKind = 'nothing' | 'key' | 'sequence' | 'paste';

export type SplitInput = {
  /** The keys, for Ink. */
  readonly keys: string;
  readonly reports: readonly TerminalReport[];
  /** An incomplete sequence at the end, to be prepended to the next input. */
  readonly unfinished: string;
  /**
   * What the incomplete sequence may be: `key` may already be a whole key (Esc, Alt+[), which must not wait long;
   * `sequence` is never a whole key; `paste` is a paste whose end has not arrived.
   */
  readonly pending: PendingKind;
};

/** Starts a paste. As the `unfinished` sequence, it means that the paste continues. */
export const pasteStart = '\x1b[200~';
const pasteEnd = '\x1b[201~';

/**
 * In this order: mouse; focus; start of a paste; CSI with a private marker (replies have one, keys do not); complete control
 * strings: OSC, DCS, SOS, PM, APC. A cursor position report looks like shift-F3 and is left to the keys, since zentop never
 * requests one.
 */
const reportSequence =
  /\x1b\[<(\d+);(\d+);(\d+)([Mm])|\x1b\[([IO])|\x1b\[200~|\x1b\[[<=>?][\d;:]*[ -/]*[@-~]|\x1b(?:\][^\x07\x1b]*\x07|[\]PX^_][^\x07\x1b]*\x1b\\)/g;
const unfinishedSequence = /\x1b\[[0-?]+[ -/]*$|\x1b[\]PX^_][^\x07\x1b]+\x1b?$/;
const unfinishedKey = /\x1b(?:\[\[?|O|[\]PX^_]\x1b?)?$/;

/** Reduces a paste to text: line endings become `\n` (terminals send `\r`), and control characters other than tab are removed. */
const cleanPastedText = (raw: string): string =>
  raw.replace(/\r\n?/g, '\n').replace(/[\x00-\x08\x0b-\x1f\x7f-\x9f]/g, '');

/** The part of a paste that has arrived so far. */
export const createPartialPaste = (unfinished: string): TerminalReport => ({
  kind: 'paste',
  text: cleanPastedText(unfinished.slice(pasteStart.length)),
});

/** Separates keys from everything else the terminal sent; `input` starts with what was `unfinished` in the previous call. */
export const splitInput = (input: string): SplitInput => {
  const reports: TerminalReport[] = [];
  let keys = '';
  let index = 0;
  reportSequence.lastIndex = 0;
  for (let match = reportSequence.exec(input); match; match = reportSequence.exec(input)) {
    keys += input.slice(index, match.index);
    index = reportSequence.lastIndex;
    const [sequence, button, column, row, mouseEnd, focus] = match;
    if (sequence === pasteStart) {
      const endIndex = input.indexOf(pasteEnd, index);
      if (endIndex === -1) {
        return {keys, reports, unfinished: input.slice(match.index), pending: 'paste'};
      }

      reports.push({kind: 'paste', text: cleanPastedText(input.slice(index, endIndex))});
      index = reportSequence.lastIndex = endIndex + pasteEnd.length;
    } else if (button !== undefined) {
      reports.push({
        kind: 'mouse',
        button: Number(button),
        column: Number(column) - 1,
        row: Number(row) - 1,
        isRelease: mouseEnd === 'm',
      });
    } else if (focus !== undefined) {
      reports.push({kind: 'focus', hasFocus: focus === 'I'});
    } else {
      reports.push({kind: 'reply', sequence});
    }
  }

  const last = input.slice(index);
  const sequence = unfinishedSequence.exec(last);
  const end = sequence ?? unfinishedKey.exec(last);
  if (!end) {
    return {keys: keys + last, reports, unfinished: '', pending: 'nothing'};
  }

  const pending = sequence ? 'sequence' : 'key';
  return {keys: keys + last.slice(0, end.index), reports, unfinished: end[0], pending};
};

const keySequence = /\x1b+(?:\[[0-?[]*[ -/]*[@-~]|O[\d;]*[@-~]|[^\x1b])?|[^\x1b]/gsu;

/** Splits keys one by one: each is an escape sequence or a character. */
export const splitKeys = (keys: string): readonly string[] => keys.match(keySequence) ?? [];
