import {createRequire} from 'node:module';
import {StringDecoder} from 'node:string_decoder';
import {spawn} from '@lydell/node-pty';
import type {IBufferCell, Terminal as XtermTerminal} from '@xterm/headless';

// Both packages are CommonJS and hide their names from Node's ESM loader.
const require = createRequire(import.meta.url);
const {Terminal: Xterm} = require('@xterm/headless') as typeof import('@xterm/headless');
const {Unicode11Addon} = require('@xterm/addon-unicode11') as typeof import('@xterm/addon-unicode11');

const patienceMs = Number(process.env['TERMINAL_PATIENCE_MS'] ?? 60_000);

type Exit = {readonly code: number; readonly signal: number | undefined};
export type ScreenCondition = string | RegExp | ((lines: string[]) => boolean);
export type TerminalOptions = {
  readonly command: string;
  readonly args: readonly string[];
  readonly cols: number;
  readonly rows: number;
  readonly cwd?: string;
  /** Added to this process's environment; `undefined` removes a variable. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** The background color that the terminal reports when it is queried, as `#rrggbb`. */
  readonly background?: string | undefined;
};

export type Terminal = {
  readonly pid: number;
  /** Sends bytes as they are; `getKeyBytes` turns key names into bytes. */
  readonly type: (bytes: string) => void;
  readonly resize: (cols: number, rows: number) => void;
  /** The visible lines, without trailing blanks. */
  readonly screen: () => string[];
  /** The content of a cell of the visible screen, counted from 0. */
  readonly cell: (x: number, y: number) => IBufferCell | undefined;
  /**
   * Resolves with the screen as soon as it shows a text, matches a pattern (lines joined by newlines) or satisfies a predicate.
   * Rejects, with the screen in its message, after `timeoutMs` (default 60 s, or `TERMINAL_PATIENCE_MS`: a loaded machine is
   * slow) or if the program ends first.
   */
  readonly waitFor: (awaited: ScreenCondition, options?: {readonly timeoutMs?: number}) => Promise<string[]>;
  /**
   * Resolves once no byte has arrived for `quietMs` (default 100), with the instant of the last byte on the clock of
   * `performance.now()`. Waits for the end of a frame that has begun. Rejects if bytes still arrive after `timeoutMs`.
   */
  readonly settle: (options?: {readonly quietMs?: number; readonly timeoutMs?: number}) => Promise<number>;
  /** Every byte that the program has written so far. */
  readonly rawBytes: () => Buffer;
  /** The terminal model in which the bytes are replayed: buffers, modes, scrollback. */
  readonly model: XtermTerminal;
  readonly exit: Promise<Exit>;
  readonly kill: (signal?: NodeJS.Signals) => void;
  /** Hangs up the terminal, as closing its window does. */
  readonly hangUp: () => void;
};

/** Variables by which programs recognize a build machine and stop drawing. */
const ciVariables = [
  'CI',
  'CONTINUOUS_INTEGRATION',
  'BUILD_NUMBER',
  'RUN_ID',
  'GITHUB_ACTIONS',
  'GITLAB_CI',
  'CI_NAME',
];

const createEnvironment = (added: TerminalOptions['env'] = {}): Record<string, string> => {
  const environment: Record<string, string | undefined> = {
    ...process.env,
    ...Object.fromEntries(ciVariables.map(name => [name, undefined])),
    TERM: 'xterm-256color',
    COLORTERM: 'truecolor',
    LANG: 'C.UTF-8',
    LC_ALL: undefined,
    NO_COLOR: undefined,
    FORCE_COLOR: undefined,
    TMUX: undefined,
    ...added,
  };
  return Object.fromEntries(
    Object.entries(environment).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
};

/** Runs a command in a pseudo-terminal and replays its bytes in a terminal model; the caller ends it with `kill`. */
export const startTerminal = (options: TerminalOptions): Terminal => {
  const model = new Xterm({cols: options.cols, rows: options.rows, scrollback: 2000, allowProposedApi: true});
  model.loadAddon(new Unicode11Addon());
  model.unicode.activeVersion = '11';

  const {background} = options;
  if (background !== undefined) {
    model.parser.registerOscHandler(11, data => {
      if (data === '?') {
        child.write(`\x1b]11;${background}\x1b\\`);
      }

      return true;
    });
  }

  const child = spawn(options.command, [...options.args], {
    name: 'xterm-256color',
    cols: options.cols,
    rows: options.rows,
    cwd: options.cwd ?? process.cwd(),
    env: createEnvironment(options.env),
    encoding: null,
  });

  const chunks: Buffer[] = [];
  const decoder = new StringDecoder('utf8');
  const watchers = new Set<() => void>();
  let lastByteAt = performance.now();
  let ended: Exit | undefined;
  const wake = () => {
    for (const watcher of [...watchers]) {
      watcher();
    }
  };

  child.onData(chunk => {
    const bytes = Buffer.from(chunk as string | Buffer as Buffer);
    lastByteAt = performance.now();
    chunks.push(bytes);
    // The model itself loses characters such as … when a chunk ends within one.
    model.write(decoder.write(bytes), wake);
  });
  // A real terminal responds to queries about its size, cursor and modes; so does the model.
  model.onData(response => {
    if (!ended) {
      child.write(response);
    }
  });
  const exit = new Promise<Exit>(resolve => {
    child.onExit(({exitCode, signal}) => {
      // The last chunks may still be on their way into the model.
      model.write('', () => {
        ended = {code: exitCode, signal: signal === 0 ? undefined : signal};
        wake();
        resolve(ended);
      });
    });
  });

  const screen = () => {
    const buffer = model.buffer.active;
    return Array.from({length: model.rows}, (_, y) => buffer.getLine(buffer.baseY + y)?.translateToString(true) ?? '');
  };
  const isShown = (awaited: ScreenCondition): boolean => {
    const lines = screen();
    if (typeof awaited === 'function') {
      return awaited(lines);
    }

    const text = lines.join('\n');
    return typeof awaited === 'string' ? text.includes(awaited) : awaited.test(text);
  };

  return {
    pid: child.pid,
    type: bytes => child.write(bytes),
    resize: (cols, rows) => {
      model.resize(cols, rows);
      child.resize(cols, rows);
    },
    screen,
    cell: (x, y) => model.buffer.active.getLine(model.buffer.active.baseY + y)?.getCell(x),
    waitFor: (awaited, {timeoutMs = patienceMs} = {}) =>
      new Promise((resolve, reject) => {
        const finish = (why?: string) => {
          clearTimeout(timer);
          watchers.delete(check);
          if (why === undefined) {
            resolve(screen());
          } else {
            reject(
              new Error(`${why} while waiting for ${String(awaited)}; the screen:\n${screen().join('\n').trimEnd()}`),
            );
          }
        };
        const check = () => {
          // A terminal shows a frame only when it is complete, and so does this model.
          if (model.modes.synchronizedOutputMode && !ended) {
            return;
          }

          if (isShown(awaited)) {
            finish();
          } else if (ended) {
            finish(`the program ended with code ${ended.code}, signal ${ended.signal}`);
          }
        };
        const timer = setTimeout(() => finish(`${timeoutMs} ms passed`), timeoutMs);
        watchers.add(check);
        check();
      }),
    settle: ({quietMs = 100, timeoutMs = patienceMs} = {}) =>
      new Promise((resolve, reject) => {
        const startedAt = performance.now();
        const look = () => {
          const quietFor = performance.now() - Math.max(lastByteAt, startedAt);
          if (ended || (quietFor >= quietMs && !model.modes.synchronizedOutputMode)) {
            model.write('', () => resolve(lastByteAt));
          } else if (performance.now() - startedAt > timeoutMs) {
            reject(new Error(`still writing after ${timeoutMs} ms`));
          } else {
            setTimeout(look, Math.max(10, quietMs - quietFor));
          }
        };
        look();
      }),
    rawBytes: () => Buffer.concat(chunks),
    model,
    exit,
    hangUp: () => {
      // node-pty has this method, but does not declare it.
      (child as unknown as {destroy: () => void}).destroy();
    },
    kill: (signal = 'SIGTERM') => {
      if (!ended) {
        child.kill(signal);
      }
    },
  };
};
