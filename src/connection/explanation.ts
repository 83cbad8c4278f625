import type {ConnectionArguments} from '../domain/zentop-command.js';
import type {Grant} from './identity.js';

/** What the explanation of a failure can mention. */
export type ExplainContext = {
  readonly serverUrl: string;
  readonly serverOrigin: string;
  /** Where the key, password or token came from; `undefined` if there is none. */
  readonly loginOrigin: string | undefined;
  readonly loginKind: 'token' | Grant['kind'] | undefined;
  /** For commands in hints. */
  readonly connectionArguments: ConnectionArguments;
};

/** What happened, and what to do about it. */
export type Explanation = {readonly message: string; readonly hint: string};
