import type {Terminal} from '../../support/pty.js';
import type {Truth} from './document.js';

/** A status, and when the screen began to show it, in milliseconds since the epoch. */
export type Sighting = {readonly status: string; readonly at: number};

const statusWords =
  'waiting initializing provisioning queued running failed completed cached skipped retrying retried ' +
  'cancelling cancelled paused resuming stopped stopping';
const statusWord = new RegExp(`^(?:${statusWords.replaceAll(' ', '|')})\\b`);

/** The status word in the row of a step, which consists of marks, the name and that word. */
const findStatus = (line: string, name: string): string | undefined => {
  const row = line.replace(/^[^\p{L}\p{N}_]*/u, '');
  if (!row.startsWith(name) || !row.startsWith('  ', name.length)) {
    return undefined;
  }
  return statusWord.exec(row.slice(name.length).trimStart())?.[0];
};

/**
 * Checks the screen whenever it changes, and records each status that the row of a step shows if it differs from the previous one.
 * The map is filled while the program runs; rows that are not on the screen are not seen.
 */
export const watchStatuses = (terminal: Terminal, names: readonly string[]): Map<string, Sighting[]> => {
  const seen = new Map<string, Sighting[]>(names.map(name => [name, []]));
  const look = (): void => {
    // An incomplete frame is not visible yet.
    if (terminal.model.modes.synchronizedOutputMode) {
      return;
    }
    const at = Date.now();
    for (const line of terminal.screen()) {
      for (const [name, sightings] of seen) {
        const status = findStatus(line, name);
        if (status !== undefined && sightings.at(-1)?.status !== status) {
          sightings.push({status, at});
        }
      }
    }
  };
  terminal.model.onWriteParsed(look);
  look();
  return seen;
};

type Delay = {readonly name: string; readonly ms: number};

/**
 * The delay from each start and end of an attempt, by the clock of its worker, until the screen showed it. Changes
 * that the screen did not show are omitted.
 */
export const computeDelays = (truth: Truth, seen: ReadonlyMap<string, readonly Sighting[]>): Delay[] =>
  truth.steps.flatMap(({name, attempts}) =>
    attempts.flatMap(attempt => {
      const startedAt = Date.parse(attempt.started_at ?? '');
      const endedAt = Date.parse(attempt.ended_at ?? '');
      const sightings = seen.get(name) ?? [];
      const started = sightings.find(({status, at}) => status === 'running' && at >= startedAt && at < endedAt + 5000);
      const ended = sightings.find(({status, at}) => status === attempt.status && at >= endedAt);
      return [
        ...(started ? [{name, ms: started.at - startedAt}] : []),
        ...(ended ? [{name, ms: ended.at - endedAt}] : []),
      ];
    }),
  );
