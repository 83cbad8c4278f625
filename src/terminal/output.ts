import {EventEmitter} from 'node:events';
import type {WriteStream} from 'node:tty';
import {setBlocking} from './blocking.js';
import type {Environment} from './environment.js';
import {encodePortably} from './portable.js';
import {applyModeChange, encodeEnterState, encodeLeaveState, initialScreen, isModeChange} from './screen-state.js';
import {getTerminalSize, type TerminalSize} from './size.js';
import {TerminalWriter} from './terminal-writer.js';

/** Resizing a window causes a burst of sizes; the screen is drawn once none has followed for this long. */
const resizePauseMs = 40;
/** If more than this is waiting (about two full frames), a new frame is dropped, since it would be late anyway. */
const maxPendingBytes = 16_384;

const beginUpdate = '\x1b[?2026h';
const endUpdate = '\x1b[?2026l';
/** Erases from the top down: some terminals save a screen erased as a whole to the scrollback, once per resize. */
const clearScreen = '\x1b[0m\x1b[H\x1b[J';

/** Why frames are being dropped. */
type PauseReason = 'resize' | 'repaint' | 'stall' | 'loan' | 'closed';
type WriteCallback = () => void;

/** The part of Ink's instance that is used here: `clear` makes it forget the frame it drew. */
export type DrawnFrame = {readonly clear: () => void};

/** A terminal's output, or a substitute in tests. */
export type RawOutput = Pick<WriteStream, 'isTTY' | 'write' | 'on' | 'off' | 'writable'> & {
  readonly columns?: number;
  readonly rows?: number;
  readonly fd?: number;
};

type OutputOptions = {
  readonly env: Environment;
  readonly platform: NodeJS.Platform;
  /** Other streams to the same terminal (stderr), which must not block either. */
  readonly otherStreams?: readonly {readonly fd?: number}[];
  readonly onSize: (size: TerminalSize) => void;
  /** Called when the terminal is lost. */
  readonly onGone: () => void;
};

/**
 * The output that Ink writes to. After a resize, Ink would draw its old tree at the new width and be misaligned from then
 * on. So frames are dropped during a resize, the app gets the size by `onSize`, and then the screen is cleared and drawn
 * within one synchronized update. Frames are also dropped while nothing reads the output, and while the terminal is lent to
 * another program. Chunks that only switch modes pass until the output is closed.
 */
export class ScreenOutput extends EventEmitter {
  readonly isTTY: boolean;
  columns: number;
  rows: number;
  readonly #raw: RawOutput;
  readonly #writer: TerminalWriter;
  readonly #options: OutputOptions;
  readonly #pauseReasons = new Set<PauseReason>();
  #state = initialScreen;
  #frame: DrawnFrame | undefined;
  #resizeTimer: NodeJS.Timeout | undefined;
  #drawTimer: NodeJS.Immediate | undefined;

  constructor(raw: RawOutput, options: OutputOptions) {
    super();
    this.setMaxListeners(0);
    this.isTTY = raw.isTTY === true;
    this.#raw = raw;
    this.#options = options;
    ({columns: this.columns, rows: this.rows} = getTerminalSize(raw, options.env));
    this.#writer = new TerminalWriter(raw.fd ?? 1, options.onGone);
    this.#setBlocking(false);
    raw.on('resize', this.#updateSize);
  }

  /** Ink checks this before it writes its last frame. */
  get writable(): boolean {
    return this.#raw.writable && !this.#pauseReasons.has('closed');
  }

  get size(): TerminalSize {
    return {columns: this.columns, rows: this.rows};
  }

  /** Sets the instance that draws here, which a clean repaint needs. */
  attach(frame: DrawnFrame): void {
    this.#frame = frame;
  }

  write(chunk: string, encoding?: BufferEncoding | WriteCallback, done?: WriteCallback): boolean {
    const whenDone = typeof encoding === 'function' ? encoding : done;
    // Ink writes an empty chunk to learn when everything is written; that must not take forever if nothing reads the output.
    if (chunk === '') {
      this.#writer.flush();
    } else if (this.#admit(chunk)) {
      this.#writer.write(encodePortably(chunk));
    }

    if (whenDone) {
      queueMicrotask(whenDone);
    }

    return true;
  }

  /** Sends a sequence that is not part of a frame (title, bell, clipboard); dropped while nothing reads the output. */
  send(sequence: string): void {
    if (this.isTTY && !this.#pauseReasons.has('closed') && !this.#pauseReasons.has('stall')) {
      this.#writer.write(sequence);
    }
  }

  /** Clears the screen and draws it again, whatever other programs have written there. */
  repaint(): void {
    // The end of a pause repaints anyway; and after Ink has left, this is the shell's screen again.
    if (this.#pauseReasons.size > 0 || this.listenerCount('resize') === 0) {
      return;
    }

    // Ink would erase its frame by relative moves from where it thinks the cursor is; it must only forget the frame.
    this.#pauseReasons.add('repaint');
    this.#frame?.clear();
    this.#pauseReasons.delete('repaint');
    this.#writer.write(beginUpdate + clearScreen);
    this.emit('resize');
    this.#writer.write(endUpdate);
  }

  /** Takes the screen back after the process was stopped and other programs have used it. */
  reclaim(): void {
    if (this.#pauseReasons.has('loan') || this.#pauseReasons.has('closed')) {
      return;
    }

    this.#writer.write(encodeEnterState(this.#state));
    this.repaint();
  }

  /** Gives the screen back to the shell, until `reclaim`. */
  release(): void {
    this.#writer.write(encodeLeaveState(this.#state));
    this.#writer.flush();
  }

  /** Lends the terminal: nothing is drawn until the loan ends, and writes block, as other programs expect. */
  lend(): void {
    this.#pauseReasons.add('loan');
    this.#writer.flush();
    this.#setBlocking(true);
  }

  /** Ends the loan; Ink draws again by itself. */
  endLoan(): void {
    this.#forgetResize();
    this.#pauseReasons.delete('loan');
    this.#setBlocking(false);
  }

  /** Whether the terminal has not accepted everything yet, so that waiting for it may take a while. */
  get isBehind(): boolean {
    return this.#writer.waitingBytes > 0;
  }

  /** Writes a last sequence at once, if the terminal accepts it within a short time; returns whether it did. */
  sendLast(sequence: string): boolean {
    if (this.#writer.flush()) {
      this.#writer.write(sequence);
    }

    if (this.#writer.flush()) {
      return true;
    }

    // Nothing reads. If the process lives until something does, this is written before anything else.
    this.#writer.forget();
    this.#raw.write(sequence);
    return false;
  }

  /** Restores the screen at once, and drops everything from then on. Can be called again. */
  close(): void {
    if (this.#pauseReasons.has('closed')) {
      return;
    }

    this.#pauseReasons.add('closed');
    this.#forgetResize();
    this.#raw.off('resize', this.#updateSize);
    if (this.isTTY && this.sendLast(encodeLeaveState(this.#state))) {
      this.#setBlocking(true);
    }
  }

  #admit(chunk: string): boolean {
    if (this.#pauseReasons.has('closed')) {
      return false;
    }

    if (isModeChange(chunk)) {
      this.#state = applyModeChange(this.#state, chunk);
      return true;
    }

    if (this.#pauseReasons.size === 0 && this.#writer.waitingBytes > maxPendingBytes) {
      this.#stall();
    }

    return this.#pauseReasons.size === 0;
  }

  #stall(): void {
    this.#pauseReasons.add('stall');
    this.#writer.whenAccepted(() => {
      this.#pauseReasons.delete('stall');
      this.repaint();
    });
  }

  #setBlocking(isBlocking: boolean): void {
    if (!this.isTTY) {
      return;
    }

    for (const stream of [this.#raw, ...(this.#options.otherStreams ?? [])]) {
      setBlocking(stream, isBlocking, this.#options.platform);
    }
  }

  #forgetResize(): void {
    clearTimeout(this.#resizeTimer);
    clearImmediate(this.#drawTimer);
    this.#pauseReasons.delete('resize');
  }

  readonly #updateSize = (): void => {
    this.#forgetResize();
    this.#pauseReasons.add('resize');
    ({columns: this.columns, rows: this.rows} = getTerminalSize(this.#raw, this.#options.env));
    this.#options.onSize(this.size);
    this.#resizeTimer = setTimeout(() => {
      // Deferred work of React comes first: a tree for the old size would wrap at the new one.
      this.#drawTimer = setImmediate(() => {
        this.#forgetResize();
        this.repaint();
      });
    }, resizePauseMs);
  };
}
