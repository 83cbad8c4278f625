import {EventEmitter} from 'node:events';
import type {WriteStream} from 'node:tty';
import {setBlocking} from './blocking.js';
import type {Environment} from './environment.js';
import {applyModeChange, encodeEnterState, encodeLeaveState, initialScreen, isModeChange} from './screen-state.js';
import {getTerminalSize, type TerminalSize} from './size.js';
import {TerminalWriter} from './terminal-writer.js';

/** A resize by hand comes as a burst of sizes; the screen is drawn when none has come for this long. */
const settleMs = 40;
/** With more than this waiting (about two full frames in bytes), a new frame is dropped: it would come late anyway. */
const maxPendingBytes = 16_384;

const beginUpdate = '\x1b[?2026h';
const endUpdate = '\x1b[?2026l';
/** Erases downwards from the top: some terminals keep a screen that is erased as a whole, once for each resize. */
const clearScreen = '\x1b[0m\x1b[H\x1b[J';

/** Why frames are dropped at the moment. */
type PauseReason = 'resize' | 'repaint' | 'stall' | 'loan' | 'closed';
type WriteCallback = () => void;

/** What is asked of Ink's instance: to forget the frame it drew. */
export type DrawnFrame = {readonly clear: () => void};

/** A terminal's output, or a stand-in for it. */
export type RawOutput = Pick<WriteStream, 'isTTY' | 'write' | 'on' | 'off' | 'writable'> & {
  readonly columns?: number;
  readonly rows?: number;
  readonly fd?: number;
};

export type OutputOptions = {
  readonly env: Environment;
  readonly platform: NodeJS.Platform;
  /** Other streams to the same terminal (stderr): they must not wait for it either. */
  readonly beside?: readonly {readonly fd?: number}[];
  readonly onSize: (size: TerminalSize) => void;
  /** The terminal can never be written to again. */
  readonly onGone: () => void;
};

/**
 * The output that Ink writes to. When the terminal changes its size, Ink draws its old tree at the new width and is
 * off from then on; so frames are dropped while a resize settles, the app learns the size by `onSize`, and then the
 * screen is cleared and drawn within one synchronised update. Frames are dropped, too, while nobody reads what was
 * written, and while the terminal is lent to another program. What only switches modes always passes.
 */
export class ScreenOutput extends EventEmitter {
  readonly isTTY: boolean;
  columns: number;
  rows: number;
  readonly #raw: RawOutput;
  readonly #writer: TerminalWriter;
  readonly #options: OutputOptions;
  readonly #holds = new Set<PauseReason>();
  #state = initialScreen;
  #frame: DrawnFrame | undefined;
  #settling: NodeJS.Timeout | undefined;
  #drawing: NodeJS.Immediate | undefined;

  constructor(raw: RawOutput, options: OutputOptions) {
    super();
    this.setMaxListeners(0);
    this.isTTY = raw.isTTY === true;
    this.#raw = raw;
    this.#options = options;
    ({columns: this.columns, rows: this.rows} = getTerminalSize(raw, options.env));
    this.#writer = new TerminalWriter(raw.fd ?? 1, options.onGone);
    this.#wait(false);
    raw.on('resize', this.#takeSize);
  }

  /** Ink asks before it writes its last frame. */
  get writable(): boolean {
    return this.#raw.writable && !this.#holds.has('closed');
  }

  get size(): TerminalSize {
    return {columns: this.columns, rows: this.rows};
  }

  /** Names the instance that draws here; a repaint is clean only with it. */
  attach(frame: DrawnFrame): void {
    this.#frame = frame;
  }

  write(chunk: string, encoding?: BufferEncoding | WriteCallback, done?: WriteCallback): boolean {
    const whenDone = typeof encoding === 'function' ? encoding : done;
    // Ink writes nothing in order to be called when all is written; that must not take for ever when nobody reads.
    if (chunk === '') {
      this.#writer.flush();
    } else if (this.#passes(chunk)) {
      this.#writer.write(chunk);
    }
    if (whenDone) {
      queueMicrotask(whenDone);
    }
    return true;
  }

  /** Sends what is no frame (title, bell, clipboard) past Ink; dropped while nobody reads. */
  send(sequence: string): void {
    if (this.isTTY && !this.#holds.has('closed') && !this.#holds.has('stall')) {
      this.#writer.write(sequence);
    }
  }

  /** Clears the screen and draws it anew, whatever others have written there. */
  repaint(): void {
    // What holds frames back repaints at its end; and when Ink has left, this is the shell's screen again.
    if (this.#holds.size > 0 || this.listenerCount('resize') === 0) {
      return;
    }
    // Ink would erase its frame by relative moves, from a place where the cursor may not be: it only shall forget it.
    this.#holds.add('repaint');
    this.#frame?.clear();
    this.#holds.delete('repaint');
    this.#writer.write(beginUpdate + clearScreen);
    this.emit('resize');
    this.#writer.write(endUpdate);
  }

  /** Takes the screen back after the process was stopped and others have used it as they found it. */
  reclaim(): void {
    if (this.#holds.has('loan') || this.#holds.has('closed')) {
      return;
    }
    this.#writer.write(encodeEnterState(this.#state));
    this.repaint();
  }

  /** Lends the terminal: nothing is drawn until the end of the loan, and writes wait, as other programs expect. */
  lend(): void {
    this.#holds.add('loan');
    this.#writer.flush();
    this.#wait(true);
  }

  /** Ends the loan; Ink draws anew by itself. */
  endLoan(): void {
    this.#forgetResize();
    this.#holds.delete('loan');
    this.#wait(false);
  }

  /** Whether the terminal has yet to take what was written: what waits for the terminal would wait long. */
  get isBehind(): boolean {
    return this.#writer.waiting > 0;
  }

  /** The last word: written at once if the terminal takes anything within a short time; answers whether it did. */
  sendLast(sequence: string): boolean {
    if (this.#writer.flush()) {
      this.#writer.write(sequence);
    }
    if (this.#writer.flush()) {
      return true;
    }
    // Nobody reads. If the process lives on until someone does, this comes before whatever else it says.
    this.#writer.forget();
    this.#raw.write(sequence);
    return false;
  }

  /** Leaves the screen as it was found, at once, and drops everything from then on. Can be called again. */
  close(): void {
    if (this.#holds.has('closed')) {
      return;
    }
    this.#holds.add('closed');
    this.#forgetResize();
    this.#raw.off('resize', this.#takeSize);
    if (this.isTTY && this.sendLast(encodeLeaveState(this.#state))) {
      this.#wait(true);
    }
  }

  #passes(chunk: string): boolean {
    if (this.#holds.has('closed')) {
      return false;
    }
    if (isModeChange(chunk)) {
      this.#state = applyModeChange(this.#state, chunk);
      return true;
    }
    if (this.#holds.size === 0 && this.#writer.waiting > maxPendingBytes) {
      this.#stall();
    }
    return this.#holds.size === 0;
  }

  #stall(): void {
    this.#holds.add('stall');
    this.#writer.whenTaken(() => {
      this.#holds.delete('stall');
      this.repaint();
    });
  }

  #wait(isBlocking: boolean): void {
    if (!this.isTTY) {
      return;
    }
    for (const stream of [this.#raw, ...(this.#options.beside ?? [])]) {
      setBlocking(stream, isBlocking, this.#options.platform);
    }
  }

  #forgetResize(): void {
    clearTimeout(this.#settling);
    clearImmediate(this.#drawing);
    this.#holds.delete('resize');
  }

  readonly #takeSize = (): void => {
    this.#forgetResize();
    this.#holds.add('resize');
    ({columns: this.columns, rows: this.rows} = getTerminalSize(this.#raw, this.#options.env));
    this.#options.onSize(this.size);
    this.#settling = setTimeout(() => {
      // What React has put off comes first: a tree for the old size would wrap at the new one.
      this.#drawing = setImmediate(() => {
        this.#forgetResize();
        this.repaint();
      });
    }, settleMs);
  };
}
