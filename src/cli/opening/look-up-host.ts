import dns, {type LookupAddress} from 'node:dns';
import type {LookupFunction} from 'node:net';

/** If no name server responds for this long, in milliseconds, the system's own lookup would hang. */
const silenceMs = 2000;

/** The system's lookup gives up after five to twenty seconds, depending on its configuration. */
const childTimeoutMs = 20_000;

/** Names for which no name server is queried. */
const isLocalName = (host: string): boolean => /(?:^|\.)(?:localhost|local|test)$/i.test(host);

type Callback = Parameters<LookupFunction>[2];
type Options = Parameters<LookupFunction>[1];

type LookupParts = {
  /** Calls back with the error, or `null`. `ETIMEOUT` means that no name server has responded. */
  readonly query: (host: string, callback: (error: NodeJS.ErrnoException | null) => void) => void;
  readonly lookUp: LookupFunction;
  readonly lookUpInChildProcess: LookupFunction;
};

/**
 * Creates a lookup of host names that never keeps the process from exiting. The system's lookup blocks a thread for as long as
 * the name servers are silent, and Node waits for its threads at exit. So a query that can be abandoned is sent to the name servers
 * first. If they are silent, another process does the lookup, as the name may be in a file such as `/etc/hosts`.
 */
export const createHostLookup =
  ({query, lookUp, lookUpInChildProcess}: LookupParts): LookupFunction =>
  (host, options, callback) => {
    if (isLocalName(host)) {
      lookUp(host, options, callback);
      return;
    }

    let isDecided = false;
    const decide = (chosen: LookupFunction): void => {
      if (!isDecided) {
        isDecided = true;
        clearTimeout(timer);
        chosen(host, options, callback);
      }
    };
    const timer = setTimeout(() => decide(lookUpInChildProcess), silenceMs);
    query(host, error => decide(error?.code === 'ETIMEOUT' ? lookUpInChildProcess : lookUp));
  };

const script = `require('node:dns').lookup(process.argv[1], JSON.parse(process.argv[2]), (error, addresses) =>
  process.stdout.write(JSON.stringify({code: error?.code, addresses})))`;

type ChildResult = {readonly code?: string; readonly addresses?: readonly LookupAddress[]};

/** Looks up a host name as the system does, in a process that ends with this one. */
export const lookUpInChildProcess: LookupFunction = (host, options, callback) => {
  const args = ['-e', script, host, JSON.stringify({...options, all: true})];
  // Loaded here, because it is hardly ever needed.
  void import('node:child_process').then(({execFile}) => {
    const child = execFile(process.execPath, args, {timeout: childTimeoutMs}, (_, output) => {
      process.removeListener('exit', kill);
      finishLookup(parseResult(output), host, options, callback);
    });
    const kill = (): void => {
      child.kill('SIGKILL');
    };
    process.once('exit', kill);
  });
};

const parseResult = (output: string): ChildResult => {
  try {
    return JSON.parse(output);
  } catch {
    return {code: 'EAI_AGAIN'};
  }
};

const finishLookup = (
  {code, addresses = []}: ChildResult,
  host: string,
  options: Options,
  callback: Callback,
): void => {
  const [first] = addresses;
  if (code !== undefined || first === undefined) {
    const reason = code ?? 'ENOTFOUND';
    callback(Object.assign(new Error(`getaddrinfo ${reason} ${host}`), {code: reason}), '', 0);
  } else if (options.all === true) {
    callback(null, [...addresses]);
  } else {
    callback(null, first.address, first.family);
  }
};

/** Looks up host names as the system does, without keeping the process from exiting. */
export const lookUpHost = createHostLookup({
  query: (host, callback) => dns.resolve4(host, callback),
  lookUp: (host, options, callback) => dns.lookup(host, options, callback),
  lookUpInChildProcess,
});
