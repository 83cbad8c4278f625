import {Readable} from 'node:stream';
import {StringDecoder} from 'node:string_decoder';
import type {ReadStream} from 'node:tty';
import {
  createPartialPaste,
  type PendingKind,
  pasteStart,
  type SplitInput,
  splitInput,
  splitKeys,
  type TerminalReport,
} from './split-input.js';

/**
 * How long an unfinished end waits for the rest. What may be Esc is handed on soon, or each Esc would be felt. What can
 * be no key may wait as long as the worst line takes; then it is dropped. A paste is handed on as far as it came.
 */
const waitMsByPending: Readonly<Record<PendingKind, number>> = {nothing: 0, key: 30, sequence: 1000, paste: 2000};
/** A paste is handed on in pieces of at least this length (UTF-16 units) instead of being gathered without end. */
const maxPasteLength = 100_000;

/** A terminal's input, or a stand-in for it. */
export type RawInput = Pick<ReadStream, 'isTTY' | 'setRawMode' | 'on' | 'off' | 'pause' | 'resume' | 'ref' | 'unref'>;

export type InputOptions = {
  readonly onReport: (report: TerminalReport) => void;
  /**
   * To switch raw mode off waits until the terminal has taken all output, for ever when nobody reads. When this says no,
   * that is left to the end of the process, where Node does it without waiting.
   */
  readonly canWait: () => boolean;
};

/**
 * The input that Ink reads: keys alone, one at each read, for Ink tells keys that it reads together as one text. Reports of the mouse, focus, pastes and the terminal's replies go to
 * `onReport`, also when they arrive split. Reads only while raw mode is on, so that a program which is lent the
 * terminal gets its keys.
 */
export class KeyInput extends Readable {
  readonly isTTY: boolean;
  isRaw = false;
  readonly #raw: RawInput;
  readonly #options: InputOptions;
  readonly #decoder = new StringDecoder('utf8');
  #rest = '';
  #held: PendingKind = 'nothing';
  /** What was handed on as a key for want of a rest; for a while it may yet turn out to have begun a report. */
  #late = '';
  #timer: NodeJS.Timeout | undefined;

  constructor(raw: RawInput, options: InputOptions) {
    super({objectMode: true});
    this.isTTY = raw.isTTY === true;
    this.#raw = raw;
    this.#options = options;
  }

  override _read(): void {}

  /** Keys are texts already; Node would join those that wait. */
  override setEncoding(): this {
    return this;
  }

  /** Ink's switch: raw mode, and reading, on or off. */
  setRawMode(isRaw: boolean): this {
    if (isRaw || this.#options.canWait()) {
      this.#raw.setRawMode(isRaw);
    }
    if (isRaw === this.isRaw) {
      return this;
    }
    this.isRaw = isRaw;
    if (isRaw) {
      this.#raw.on('data', this.#take);
      this.#raw.resume();
    } else {
      this.#raw.off('data', this.#take);
      this.#raw.pause();
      this.#forget();
    }
    return this;
  }

  /** Sets raw mode anew: a shell that took the terminal back while we were stopped has changed it. */
  renewRawMode(): void {
    if (!this.isRaw) {
      return;
    }
    this.#raw.setRawMode(false);
    this.#raw.setRawMode(true);
  }

  ref(): this {
    this.#raw.ref();
    return this;
  }

  unref(): this {
    this.#raw.unref();
    return this;
  }

  readonly #take = (chunk: Buffer | string): void => {
    const input = this.#rest + (typeof chunk === 'string' ? chunk : this.#decoder.write(chunk));
    const late = this.#late;
    this.#forget();
    const whole = splitInput(late + input);
    const wasReport = late !== '' && (whole.reports.length > 0 || whole.pending === 'sequence');
    this.#handOn(wasReport ? whole : splitInput(input));
  };

  #handOn({keys, reports, rest, pending: held}: SplitInput): void {
    this.#rest = rest;
    this.#held = held;
    for (const key of splitKeys(keys)) {
      this.push(key);
    }
    for (const report of reports) {
      this.#options.onReport(report);
    }
    if (held === 'paste' && rest.length > maxPasteLength) {
      this.#options.onReport(createPartialPaste(rest));
      this.#rest = pasteStart;
    }
    if (held !== 'nothing') {
      this.#timer = setTimeout(() => this.#giveUp(), waitMsByPending[held]);
    }
  }

  #giveUp(): void {
    const rest = this.#rest;
    const held = this.#held;
    this.#forget();
    if (held === 'paste') {
      this.#options.onReport(createPartialPaste(rest));
    }
    if (held !== 'key') {
      return;
    }
    this.push(rest);
    this.#late = rest;
    this.#timer = setTimeout(() => this.#forget(), waitMsByPending.sequence);
  }

  #forget(): void {
    clearTimeout(this.#timer);
    this.#rest = '';
    this.#held = 'nothing';
    this.#late = '';
  }
}
