import type {LogsOptions} from '../logs/logs-options.js';
import type {ConnectionOptions} from '../options/connection-options.js';
import type {WatchOptions} from '../options/watch-options.js';
import type {PictureOptions} from '../pictures/picture-options.js';
import type {RunsOptions} from '../runs/runs-options.js';

export const shells = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof shells)[number];

/** A parsed command line, and the file to write a log to. */
export type Invocation = Command & {readonly log?: string};

type Command =
  | {
      readonly command: 'watch';
      readonly run: string | undefined;
      /** The command that `run` may be a misspelling of. */
      readonly similarCommand?: string | undefined;
      readonly pipeline: string | undefined;
      /** Whether to wait for a run in progress. */
      readonly isWaiting: boolean;
      readonly connection: ConnectionOptions;
      readonly watch: WatchOptions;
    }
  | {readonly command: 'demo'; readonly scenario: string; readonly watch: WatchOptions}
  | {readonly command: 'replay'; readonly file: string; readonly speed: number; readonly watch: WatchOptions}
  | {
      readonly command: 'runs';
      readonly runs: RunsOptions;
      readonly connection: ConnectionOptions;
      readonly hasColor: boolean;
    }
  | {readonly command: 'logs'; readonly logs: LogsOptions; readonly connection: ConnectionOptions}
  | {readonly command: 'timeline' | 'graph'; readonly picture: PictureOptions; readonly connection: ConnectionOptions}
  | {
      readonly command: 'stop';
      readonly run: string;
      readonly isForced: boolean;
      readonly isConfirmed: boolean;
      readonly isReadOnly: boolean;
      readonly connection: ConnectionOptions;
    }
  | {
      readonly command: 'answer';
      readonly run: string;
      readonly value: string | undefined;
      readonly isConfirmed: boolean;
      readonly isReadOnly: boolean;
      readonly connection: ConnectionOptions;
    }
  | {readonly command: 'doctor'; readonly connection: ConnectionOptions; readonly isReport: boolean}
  | {readonly command: 'config'; readonly isAboutKeys: boolean}
  | {
      readonly command: 'completion';
      /** If absent, the shell of `$SHELL`. */
      readonly shell: Shell | undefined;
      readonly action: 'print' | 'install' | 'uninstall';
    }
  /** Help or the version. */
  | {readonly command: 'print'; readonly text: string}
  | {readonly command: 'misuse'; readonly message: string; readonly hint: string};
