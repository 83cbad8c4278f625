import {Readable} from 'node:stream';
import {StringDecoder} from 'node:string_decoder';
import type {ReadStream} from 'node:tty';
import {type Held, pasteStart, splitInput, type TerminalReport, unfinishedPaste} from './split-input.js';

/**
 * How long an unfinished end waits for the rest. What may be Esc is handed on soon, or each Esc would be felt. What can
 * be no key may wait as long as the worst line takes; then it is dropped. A paste is handed on as far as it came.
 */
const patienceMs: Readonly<Record<Held, number>> = {nothing: 0, key: 30, sequence: 1000, paste: 2000};
/** A paste is handed on in pieces of at least this length (UTF-16 units) instead of being gathered without end. */
const longestPaste = 100_000;

/** A terminal's input, or a stand-in for it. */
export type RawInput = Pick<ReadStream, 'isTTY' | 'setRawMode' | 'on' | 'off' | 'pause' | 'resume' | 'ref' | 'unref'>;

/**
 * The input that Ink reads: keys alone. Reports of the mouse, focus, pastes and the terminal's replies go to
 * `onReport`, also when they arrive split. Reads only while raw mode is on, so that a program which is lent the
 * terminal gets its keys.
 */
export class KeyInput extends Readable {
  readonly isTTY: boolean;
  isRaw = false;
  readonly #raw: RawInput;
  readonly #onReport: (report: TerminalReport) => void;
  readonly #decoder = new StringDecoder('utf8');
  #rest = '';
  #held: Held = 'nothing';
  #timer: NodeJS.Timeout | undefined;

  constructor(raw: RawInput, onReport: (report: TerminalReport) => void) {
    super();
    this.isTTY = raw.isTTY === true;
    this.#raw = raw;
    this.#onReport = onReport;
  }

  override _read(): void {}

  /** Ink's switch: raw mode, and reading, on or off. */
  setRawMode(isRaw: boolean): this {
    this.#raw.setRawMode(isRaw);
    if (isRaw === this.isRaw) return this;
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
    if (!this.isRaw) return;
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
    clearTimeout(this.#timer);
    this.#advance(this.#rest + (typeof chunk === 'string' ? chunk : this.#decoder.write(chunk)));
  };

  #advance(input: string): void {
    const {keys, reports, rest, held} = splitInput(input);
    this.#rest = rest;
    this.#held = held;
    if (keys !== '') this.push(keys);
    for (const report of reports) this.#onReport(report);
    if (held === 'paste' && rest.length > longestPaste) {
      this.#onReport(unfinishedPaste(rest));
      this.#rest = pasteStart;
    }
    if (held !== 'nothing') this.#timer = setTimeout(() => this.#giveUp(), patienceMs[held]);
  }

  #giveUp(): void {
    const rest = this.#rest;
    const held = this.#held;
    this.#forget();
    if (held === 'key') this.push(rest);
    if (held === 'paste') this.#onReport(unfinishedPaste(rest));
  }

  #forget(): void {
    clearTimeout(this.#timer);
    this.#rest = '';
    this.#held = 'nothing';
  }
}
