import assert from 'node:assert/strict';
import {findDifferences} from './agreement.js';
import type {Environment} from './child.js';
import type {Document, Truth} from './document.js';
import {buildSettings, run, watch} from './program.js';
import type {ZenmlServer} from './server.js';
import {type Sighting, watchStatuses} from './sightings.js';

export type WatchedRun = {
  readonly truth: Truth;
  readonly document: Document;
  readonly seen: ReadonlyMap<string, readonly Sighting[]>;
  /** The screen after the end. */
  readonly screen: readonly string[];
  readonly exitCode: number;
};

/** Matches the status line in the header of a run that has ended with this status. */
export const createEndPattern = (status: string): RegExp => new RegExp(`^[^\\p{L}\\n]*${status}\\b.*\\d+/\\d+`, 'mu');

/** The state of a run as one document: `zentop RUN --once --output json`. */
export const fetchDocument = async (
  server: ZenmlServer,
  args: readonly string[],
  settings?: Environment,
): Promise<Document> => {
  const {code, output, errors} = await run(server, [...args, '--once', '--output', 'json'], settings);
  assert.notEqual(output, '', `nothing printed, code ${code}: ${errors}`);
  return JSON.parse(output);
};

/** Runs a pipeline while the program watches it in a pseudo-terminal, until the screen shows its last status. */
export const watchRun = async (
  server: ZenmlServer,
  file: string,
  args: readonly string[],
  stepNames: readonly string[],
  lastStatus: string,
  settings: Environment = buildSettings(server),
): Promise<WatchedRun> => {
  const {id, done} = await server.startRun(file, args);
  const terminal = watch(server, [id], settings);
  try {
    const seen = watchStatuses(terminal, stepNames);
    await terminal.waitFor(createEndPattern(lastStatus));
    await done;
    const truth = await server.readTruth(id);
    const isFinal = () => truth.steps.every(({name, status}) => (seen.get(name)?.at(-1)?.status ?? status) === status);
    const screen = await terminal.waitFor(isFinal);
    terminal.type('q');
    const {code} = await terminal.exit;
    return {truth, document: await fetchDocument(server, [id], settings), seen, screen, exitCode: code};
  } finally {
    terminal.kill('SIGKILL');
  }
};

/** Fails with the list of fields in which the program differs from ZenML's client. */
export const assertAgreement = ({truth, document}: WatchedRun): void =>
  assert.deepEqual(findDifferences(truth, document), []);

/** What happened and what the screen showed, line by line in chronological order. */
const formatHistory = (attempts: Truth['steps'][number]['attempts'], sightings: readonly Sighting[]): string =>
  [
    ...attempts.flatMap(({attempt, status, started_at, ended_at}) => [
      `${started_at} attempt ${attempt} starts`,
      `${ended_at} attempt ${attempt} ends, now ${status}`,
    ]),
    ...sightings.map(({status, at}) => `${new Date(at).toISOString()} the screen shows ${status}`),
  ]
    .sort()
    .join('\n');

/**
 * Fails unless each step's row showed the statuses that its attempts went through, in order. A status that lasted less than
 * `maxUnseenMs` may be missed, but at least one step must have been seen running.
 */
export const assertStatusesSeen = ({truth, seen}: WatchedRun, maxUnseenMs: number): void => {
  for (const {name, attempts} of truth.steps) {
    const expected = attempts.flatMap(({status, started_at, ended_at}, index) => {
      const lastedMs = Date.parse(ended_at ?? '') - Date.parse(started_at ?? '');
      const isLast = index === attempts.length - 1;
      return [...(lastedMs > maxUnseenMs ? ['running'] : []), ...(isLast ? [status] : [])];
    });
    const shown = seen.get(name)?.map(({status}) => status) ?? [];
    let from = 0;
    for (const status of expected) {
      const index = shown.indexOf(status, from);
      assert.ok(
        index >= 0,
        `${name} should have shown ${expected.join(', ')}:\n${formatHistory(attempts, seen.get(name) ?? [])}`,
      );
      from = index + 1;
    }
    assert.equal(shown.at(-1), expected.at(-1), `the last status of ${name}`);
  }
  assert.ok(
    [...seen.values()].flat().some(({status}) => status === 'running'),
    'no step was seen running',
  );
};
