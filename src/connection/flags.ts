import type {RunUrl} from './run-reference.js';

/** What the command line says about the connection. */
export type Flags = {
  /** `--server URL` */
  readonly server: string | undefined;
  /** `--project NAME`, or an ID */
  readonly project: string | undefined;
  /** `--api-key-file FILE` */
  readonly apiKeyFile: string | undefined;
  /** RUN, if it was given as a dashboard URL, which also names a server. */
  readonly runUrl: RunUrl | undefined;
};
