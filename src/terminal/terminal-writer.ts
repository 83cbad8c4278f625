import {writeNow} from './write-now.js';

/** How long to wait before retrying a terminal whose buffer is full. The pause doubles each time up to the maximum. */
const firstPauseMs = 2;
const maxPauseMs = 250;
/** For how long, and at which intervals, `flush` retries a terminal whose buffer is full. */
const finalTimeoutMs = 200;
const finalPauseMs = 5;

const emptyBuffer: Buffer = Buffer.alloc(0);

const sleepSync = (ms: number): void => {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
};

/**
 * Writes to a terminal in order. What the terminal does not accept at once is buffered here, so that it can still be written
 * when the process exits; Node would discard its own buffer.
 */
export class TerminalWriter {
  readonly #fd: number;
  readonly #onGone: () => void;
  #waiting = emptyBuffer;
  #whenAccepted: (() => void)[] = [];
  #timer: NodeJS.Timeout | undefined;
  #pauseMs = firstPauseMs;

  /** `onGone` is called when the terminal is lost. */
  constructor(fd: number, onGone: () => void) {
    this.#fd = fd;
    this.#onGone = onGone;
  }

  /** What the terminal has not accepted yet. */
  get waitingBytes(): number {
    return this.#waiting.length;
  }

  write(text: string): void {
    if (this.#waiting.length > 0) {
      this.#waiting = Buffer.concat([this.#waiting, Buffer.from(text)]);
    } else {
      this.#offer(Buffer.from(text));
    }
  }

  /** Calls `done` once the terminal has accepted everything that is buffered, or it has been discarded. */
  whenAccepted(done: () => void): void {
    this.#whenAccepted.push(done);
  }

  /** Waits for the terminal for a short time; returns whether it has accepted everything. */
  flush(): boolean {
    for (let waitedMs = 0; this.#waiting.length > 0 && waitedMs < finalTimeoutMs; waitedMs += finalPauseMs) {
      sleepSync(finalPauseMs);
      this.#offer(this.#waiting);
    }

    return this.#waiting.length === 0;
  }

  /** Discards what is buffered. */
  forget(): void {
    this.#waiting = emptyBuffer;
    clearTimeout(this.#timer);
    this.#notifyAccepted();
  }

  #offer(bytes: Buffer): void {
    const {remaining, isGone} = writeNow(this.#fd, bytes);
    if (isGone) {
      this.forget();
      this.#onGone();
      return;
    }

    this.#pauseMs = remaining.length < bytes.length ? firstPauseMs : Math.min(this.#pauseMs * 2, maxPauseMs);
    this.#waiting = remaining;
    clearTimeout(this.#timer);
    if (remaining.length === 0) {
      this.#notifyAccepted();
    } else {
      this.#timer = setTimeout(() => this.#offer(this.#waiting), this.#pauseMs);
    }
  }

  #notifyAccepted(): void {
    for (const done of this.#whenAccepted.splice(0)) {
      queueMicrotask(done);
    }
  }
}
