import {Readable} from 'node:stream';
import {StringDecoder} from 'node:string_decoder';
import type {ReadStream} from 'node:tty';
import {decodeKey} from './decode-key.js';
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
 * How long an incomplete sequence waits for the rest. What may be Esc is passed on soon, so that Esc does not feel slow.
 * What cannot be a key may wait as long as the slowest connection takes; then it is dropped. An incomplete paste is passed
 * on as it is.
 */
const waitMsByPending: Readonly<Record<PendingKind, number>> = {nothing: 0, key: 30, sequence: 1000, paste: 2000};
/** A paste is passed on in pieces of at least this length (UTF-16 units), so that it does not accumulate without limit. */
const maxPasteLength = 100_000;

/** A terminal's input, or a substitute in tests. */
export type RawInput = Pick<ReadStream, 'isTTY' | 'setRawMode' | 'on' | 'off' | 'pause' | 'resume' | 'ref' | 'unref'>;

type InputOptions = {
  readonly onReport: (report: TerminalReport) => void;
  /**
   * Turning raw mode off blocks until the terminal has accepted all output, which is forever if nothing reads it. If this
   * returns false, raw mode is left on, and Node turns it off without waiting when the process exits.
   */
  readonly canWait: () => boolean;
};

/**
 * The input that Ink reads: only keys, one per read, because Ink treats keys that it reads together as one text. Mouse and
 * focus reports, pastes and replies of the terminal go to `onReport`, even if they arrive split. Reads only while raw mode
 * is on, so that a program that is started in the terminal gets its own keys.
 */
export class KeyInput extends Readable {
  readonly isTTY: boolean;
  isRaw = false;
  readonly #raw: RawInput;
  readonly #options: InputOptions;
  readonly #decoder = new StringDecoder('utf8');
  #unfinished = '';
  #pending: PendingKind = 'nothing';
  /** Input passed on as a key because nothing followed. For a while it may still turn out to be the start of a report. */
  #late = '';
  #timer: NodeJS.Timeout | undefined;

  constructor(raw: RawInput, options: InputOptions) {
    super({objectMode: true});
    this.isTTY = raw.isTTY === true;
    this.#raw = raw;
    this.#options = options;
  }

  override _read(): void {}

  /** Keys are strings already; Node would join those that are buffered. */
  override setEncoding(): this {
    return this;
  }

  /** Called by Ink: turns raw mode, and with it reading, on or off. */
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

  /** Sets raw mode again, since the shell has changed it while zentop was suspended. */
  renewRawMode(): void {
    if (!this.isRaw) {
      return;
    }

    this.#raw.setRawMode(false);
    this.#raw.setRawMode(true);
  }

  /** Turns raw mode off at the terminal, until `renewRawMode`. */
  pauseRawMode(): void {
    if (this.isRaw && this.#options.canWait()) {
      this.#raw.setRawMode(false);
    }
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
    const input = this.#unfinished + (typeof chunk === 'string' ? chunk : this.#decoder.write(chunk));
    const late = this.#late;
    this.#forget();
    const whole = splitInput(late + input);
    // One character after Esc and a bracket is more likely to be a key than the start of a reply.
    const isLikelyReport = whole.pending === 'sequence' && (late.endsWith('[') || input.length > 1);
    const wasReport = late !== '' && (whole.reports.length > 0 || isLikelyReport);
    this.#passOn(wasReport ? whole : splitInput(input));
  };

  #passOn({keys, reports, unfinished, pending}: SplitInput): void {
    this.#unfinished = unfinished;
    this.#pending = pending;
    for (const key of splitKeys(keys).map(decodeKey)) {
      if (key !== '') {
        this.push(key);
      }
    }

    for (const report of reports) {
      this.#options.onReport(report);
    }

    if (pending === 'paste' && unfinished.length > maxPasteLength) {
      this.#options.onReport(createPartialPaste(unfinished));
      this.#unfinished = pasteStart;
    }

    if (pending !== 'nothing') {
      this.#timer = setTimeout(() => this.#giveUp(), waitMsByPending[pending]);
    }
  }

  #giveUp(): void {
    const unfinished = this.#unfinished;
    const pending = this.#pending;
    this.#forget();
    if (pending === 'paste') {
      this.#options.onReport(createPartialPaste(unfinished));
    }

    if (pending !== 'key') {
      return;
    }

    this.push(unfinished);
    this.#late = unfinished;
    this.#timer = setTimeout(() => this.#forget(), waitMsByPending.sequence);
  }

  #forget(): void {
    clearTimeout(this.#timer);
    this.#unfinished = '';
    this.#pending = 'nothing';
    this.#late = '';
  }
}
