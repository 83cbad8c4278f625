import assert from 'node:assert/strict';
import {describe, test} from 'vitest';
import {findDifferences} from './support/agreement.js';
import type {Document, TrueStep, Truth} from './support/document.js';
import {isAtLeast} from './support/version.js';

const aTrueStep = (name: string, id: string, changes: Partial<TrueStep>): TrueStep => ({
  name,
  id,
  status: 'completed',
  attempt: 1,
  started_at: '2026-01-01T00:00:01.100200Z',
  ended_at: '2026-01-01T00:00:02.100200Z',
  upstream: [],
  group: null,
  inputs: {},
  outputs: {},
  retry: null,
  cache: {enabled: true, key: `key of ${name}`, from: {step_id: 'older step', run_id: 'older run'}},
  heartbeat_at: '2026-01-01T00:00:01Z',
  exception: null,
  attempts: [
    {
      id,
      attempt: 1,
      status: 'completed',
      started_at: '2026-01-01T00:00:01.100200Z',
      ended_at: '2026-01-01T00:00:02.100200Z',
      exception: null,
    },
  ],
  ...changes,
});

const artifact = {id: 'artifact', artifact: 'numbers', version: '3', type: 'builtins.int', uri: '/store/numbers'};
const exception = {message: 'no', traceback: 'ValueError: no', line: 7};
/** An invented run of two started steps and a planned one, to check that every field is compared. */
const truth: Truth = {
  server: {version: '0.98.0'},
  project: {id: 'project', name: 'default'},
  run: {
    id: 'run',
    name: 'run-1',
    pipeline: 'train',
    index: 1,
    status: 'failed',
    status_reason: 'because',
    in_progress: false,
    started_at: '2026-01-01T00:00:00Z',
    ended_at: '2026-01-01T00:00:09Z',
    stack: 'default',
    user: 'someone',
    exception,
  },
  planned: {load: [], train: ['load'], report: ['train']},
  children: [],
  questions: [],
  steps: [
    aTrueStep('load', 's1', {outputs: {numbers: [artifact]}}),
    aTrueStep('train', 's2', {
      status: 'failed',
      upstream: ['load'],
      group: {name: 'g', type: 'map'},
      inputs: {numbers: [{...artifact, input_type: 'step_output'}]},
      retry: {max_retries: 1, delay: 2, backoff: 3},
      exception,
    }),
  ],
};

const planned = {id: null, status: 'waiting', started_at: null, ended_at: null, duration_s: null, max_attempts: 1};
const document: Document = {
  schema: 'zentop/1',
  as_of: '2026-01-01T00:01:00Z',
  server: {url: 'http://127.0.0.1', version: '0.98.0'},
  project: truth.project,
  run: {
    ...truth.run,
    in_progress: false,
    duration_s: 9,
    url: 'http://127.0.0.1/runs/run',
    exception: {message: 'no', line: 7},
  },
  counts: {total: 3, completed: 1, failed: 1, waiting: 1, running: 0},
  steps: [
    ...truth.steps.map(found => ({
      ...found,
      attempts: found.attempts.map(({exception: _, ...attempt}) => attempt),
      // Older releases count the first attempt among the retries.
      max_attempts: found.retry === null ? 1 : found.retry.max_retries + (isAtLeast(84) ? 1 : 0),
      duration_s: 1,
      exception: found.exception && {message: 'no', line: 7},
    })),
    {...aTrueStep('report', '', {upstream: ['train'], attempts: []}), ...planned, attempt: null, exception: null},
  ],
};

/** The path of every primitive in a value. */
const listLeaves = (value: unknown, path: readonly string[] = []): string[][] =>
  typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([key, inner]) => listLeaves(inner, [...path, key]))
    : [[...path]];

/** A copy of the document with another value at this path. */
const withChange = (path: readonly string[]): Document => {
  const copy = structuredClone(document);
  let holder = copy as unknown as Record<string, unknown>;
  for (const key of path.slice(0, -1)) {
    holder = holder[key] as Record<string, unknown>;
  }
  const last = path.at(-1)!;
  const before = holder[last];
  holder[last] = typeof before === 'number' ? before + 1 : typeof before === 'boolean' ? !before : `${before}x`;
  return copy;
};

/** ZenML's client knows nothing about a step that has not started, nor the address at which zentop reaches the server. */
const isExempt = (path: readonly string[]) =>
  path.join('.') === 'server.url' ||
  (path[0] === 'steps' && path[1] === '2' && !['name', 'id', 'status', 'upstream'].includes(path[2] ?? ''));

describe('the comparison of a document with what ZenML’s client says', () => {
  test('finds no difference if they agree', () => assert.deepEqual(findDifferences(truth, document), []));

  test.each(
    listLeaves(document)
      .filter(path => !isExempt(path))
      .map(path => [path.join('.'), path] as const),
  )('finds a wrong %s', (_, path) => {
    assert.notDeepEqual(findDifferences(truth, withChange(path)), []);
  });
});
