import {writeNow} from './write-now.js';

/** A full terminal is tried again after this long at first, and then ever more rarely. */
const firstPauseMs = 2;
const maxPauseMs = 250;
/** In the last moment there is no later: a full terminal is tried again and again for this long. */
const finalTimeoutMs = 200;
const finalPauseMs = 5;

const emptyBuffer: Buffer = Buffer.alloc(0);

const sleepSync = (ms: number): void => {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
};

/**
 * Writes to a terminal in order. What the terminal does not take at once waits here and not in Node, where it would be
 * lost when the process exits: here the last moment can still write it.
 */
export class TerminalWriter {
  readonly #fd: number;
  readonly #onGone: () => void;
  #waiting = emptyBuffer;
  #whenTaken: (() => void)[] = [];
  #timer: NodeJS.Timeout | undefined;
  #pauseMs = firstPauseMs;

  /** `onGone` is called when the terminal can never be written to again. */
  constructor(fd: number, onGone: () => void) {
    this.#fd = fd;
    this.#onGone = onGone;
  }

  /** How many bytes the terminal has not taken yet. */
  get waiting(): number {
    return this.#waiting.length;
  }

  write(text: string): void {
    if (this.#waiting.length > 0) {
      this.#waiting = Buffer.concat([this.#waiting, Buffer.from(text)]);
    } else {
      this.#offer(Buffer.from(text));
    }
  }

  /** Calls `done` when the terminal has taken all that waits now and later. */
  whenTaken(done: () => void): void {
    this.#whenTaken.push(done);
  }

  /** Waits for the terminal, for a short time; answers whether it has taken everything. */
  flush(): boolean {
    for (let waitedMs = 0; this.#waiting.length > 0 && waitedMs < finalTimeoutMs; waitedMs += finalPauseMs) {
      sleepSync(finalPauseMs);
      this.#offer(this.#waiting);
    }
    return this.#waiting.length === 0;
  }

  /** Gives up what waits. */
  forget(): void {
    this.#waiting = emptyBuffer;
    clearTimeout(this.#timer);
    this.#tellTaken();
  }

  #offer(bytes: Buffer): void {
    const {rest, isGone} = writeNow(this.#fd, bytes);
    if (isGone) {
      this.forget();
      this.#onGone();
      return;
    }
    this.#pauseMs = rest.length < bytes.length ? firstPauseMs : Math.min(this.#pauseMs * 2, maxPauseMs);
    this.#waiting = rest;
    clearTimeout(this.#timer);
    if (rest.length === 0) {
      this.#tellTaken();
    } else {
      this.#timer = setTimeout(() => this.#offer(this.#waiting), this.#pauseMs);
    }
  }

  #tellTaken(): void {
    for (const done of this.#whenTaken.splice(0)) {
      queueMicrotask(done);
    }
  }
}
