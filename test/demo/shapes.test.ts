import assert from 'node:assert/strict';
import {afterAll, beforeAll, test} from 'vitest';
import {type ManualClockDemo, startManualClockDemo} from './demo-client.js';
import {findSurplus, getShape, readRecorded} from './shape.js';

/** Several scenarios at several moments, in seconds, so that every field is seen in every state it can have. */
const moments: Readonly<Record<string, readonly number[]>> = {
  training: [0, 2, 10, 34, 36, 60, 120],
  failure: [0, 15, 20, 35, 120],
  mapped: [0, 5, 20, 30, 60, 120],
  approval: [2, 20],
  all: [0, 30],
};

let demos: ReadonlyMap<string, ManualClockDemo>;

beforeAll(async () => {
  demos = new Map(
    await Promise.all(Object.keys(moments).map(async name => [name, await startManualClockDemo(name)] as const)),
  );
});

afterAll(async () => {
  for (const demo of demos.values()) {
    await demo.server.close();
  }
});

type Visit = (demo: ManualClockDemo) => Promise<readonly unknown[]>;

/** All responses that `visit` gets from all scenarios at all their moments. */
const collectResponses = async (visit: Visit): Promise<unknown[]> => {
  const responses: unknown[] = [];
  for (const [name, demo] of demos) {
    for (const seconds of moments[name] ?? []) {
      demo.goTo(seconds);
      responses.push(...(await visit(demo)));
    }
  }

  return responses;
};

const buildRunPath = ({server}: ManualClockDemo, suffix = ''): string => `/runs/${server.runId}${suffix}`;
const getProjectQuery = ({server}: ManualClockDemo): string => `project=${server.projectId}`;

const fetchEveryRun: Visit = async demo => {
  const {items} = await demo.get(`/runs?size=100&${getProjectQuery(demo)}`);
  return Promise.all(items.map(({id}: {id: string}) => demo.get(`/runs/${id}`)));
};

const fetchEveryStep =
  (query: string): Visit =>
  async demo => {
    const {items} = await demo.get(
      `/runs/${demo.server.runId}/steps?size=40&sort_by=desc:updated&${getProjectQuery(demo)}`,
    );
    return Promise.all(items.map(({id}: {id: string}) => demo.get(`/steps/${id}${query}`)));
  };

const fetchEveryOutput: Visit = async demo => {
  const {items} = await demo.get(`/runs/${demo.server.runId}/steps?size=20&${getProjectQuery(demo)}`);
  const artifacts = items.flatMap((step: {resources: {outputs: Record<string, {id: string}[]>}}) =>
    Object.values(step.resources.outputs).flat(),
  );
  return Promise.all(artifacts.map(({id}: {id: string}) => demo.get(`/artifact_versions/${id}`)));
};

const fetchEveryStepLog: Visit = async demo => {
  const {items} = await demo.get(`/runs/${demo.server.runId}/steps?size=20&${getProjectQuery(demo)}`);
  const found = items.filter(
    (step: {resources: {log_collection: unknown[]}}) => step.resources.log_collection.length > 1,
  );
  return Promise.all(found.map(({id}: {id: string}) => demo.get(`/steps/${id}/logs?source=step`)));
};

const findFirstLogId = async (demo: ManualClockDemo): Promise<string | undefined> =>
  (await demo.get(buildRunPath(demo))).resources.log_collection[0]?.id;

const fetchOne =
  (path: string | ((demo: ManualClockDemo) => string)): Visit =>
  async demo => [await demo.get(typeof path === 'string' ? path : path(demo))];

type Case = {
  readonly endpoint: string;
  readonly recordings: readonly string[];
  readonly visit: Visit;
  /** Paths that only the demo has, because no recorded pipeline used them. */
  readonly added?: RegExp;
  /** Paths that only the recorded responses have. */
  readonly absent?: RegExp;
};

/** Features that the scenarios use and the recorded pipelines did not: there the fields were null, empty or always set. */
const unusedByRecorded = [
  // No pipeline, run or artifact was tagged.
  /\btags(\[\].*)?: /,
  // The user had no default project.
  /default_project_id: uuid$/,
  // No step sent heartbeats, was run by a step operator or had an experiment tracker, secrets or an environment.
  /(latest_heartbeat|heartbeat_threshold|step_operator|experiment_tracker|config\.runtime|secrets\[\]): /,
  // Names chosen by the user: settings, parameters, metadata.
  /\b(settings|extra|environment|parameters|configuration)\.\*: /,
  // No step was queued, which needs a resource pool. A queued step has no start time.
  /\bstart_time: null$/,
  // All outputs were written by the materializers of Python's own types, which compute a hash and a count.
  /\b(content_hash|item_count): (null|number)$/,
];

/** In the demo the user has a default project. */
const neverNullInDemo = [/default_project_id: null$/];

const cases: readonly Case[] = [
  {
    endpoint: 'GET /runs/{id}',
    recordings: [
      'success',
      'failed',
      'running',
      'initializing',
      'map',
      'child',
      'cached',
      'parent',
      'replay',
      'hooks',
      'paused',
    ].map(name => `run-${name}`),
    visit: fetchEveryRun,
    // No scenario has start or end hooks, or a run that was paused or stopped.
    absent: /(start|end)_hook_source|status_reason: string|poller_instance_id: null/,
    added: /poller_instance_id: uuid/,
  },
  {
    endpoint: 'GET /runs/{id}?hydrate=false',
    recordings: ['run-success-unhydrated', 'run-waiting'],
    visit: fetchOne(demo => buildRunPath(demo, '?hydrate=false')),
    added: /original_run|outputs|child_key|root_run_id|parent_run/,
  },
  {
    endpoint: 'GET /runs',
    recordings: ['runs-list', 'child-runs'],
    visit: fetchOne(demo => `/runs?sort_by=desc:created&${getProjectQuery(demo)}`),
    added: /original_run|active_wait_condition/,
  },
  {
    endpoint: 'GET /runs?hydrate=true',
    recordings: ['runs-list-hydrated', 'run-success'],
    visit: fetchOne(demo => `/runs?sort_by=desc:created&size=3&hydrate=true&${getProjectQuery(demo)}`),
    added:
      /original_run|active_wait|parent_run|root_run_id|child_key|end_time|outputs|steps_to_skip|hook_source|orchestrator_run_id/,
    absent: /^(body|metadata|resources|id|name|permission_denied)|exception_info|outputs/,
  },
  {
    endpoint: 'GET /runs/{id}/steps',
    recordings: ['success', 'retry', 'failed', 'map'].map(name => `steps-page-${name}`),
    visit: fetchOne(demo => buildRunPath(demo, `/steps?sort_by=asc:created&${getProjectQuery(demo)}`)),
    added: /end_time/,
  },
  {
    endpoint: 'GET /steps?hydrate=true',
    recordings: ['steps-list-hydrated'],
    visit: fetchOne(demo => `/steps?pipeline_run_id=${demo.server.runId}&hydrate=true&${getProjectQuery(demo)}`),
    added:
      /end_time|exception_info|chunk|retry|group|spec\.inputs|external|original_step|cache_expires_at|hook_source|config\.enable_cache|artifact_config|cache_key: uuid/,
  },
  {
    endpoint: 'GET /steps/{id}',
    recordings: [
      'step-cached',
      'step-skipped',
      'step-completed-load',
      'step-completed-train',
      'step-completed-evaluate',
      'step-failed',
      'step-mapped',
      'step-reduce',
      'step-retry-attempt1',
      'step-retry-attempt3',
      'step-running',
    ],
    visit: fetchEveryStep(''),
    added: /failure_hook_source/,
  },
  {
    endpoint: 'GET /steps/{id}?hydrate=false',
    recordings: ['step-completed-unhydrated', 'step-mapped'],
    visit: fetchEveryStep('?hydrate=false'),
    added: /end_time: null/,
    absent: /^metadata/,
  },
  {
    endpoint: 'GET /runs/{id}/dag',
    recordings: [
      ...['success', 'failed', 'cached', 'initializing', 'running-planned', 'map', 'parent', 'retry'].map(
        name => `dag-${name}`,
      ),
      'run-waiting-dag',
      'dag-success-with-step-metadata',
    ],
    visit: fetchOne(demo => buildRunPath(demo, '/dag?include_step_metadata=loss')),
  },
  {
    endpoint: 'GET /steps/{id}/logs',
    recordings: ['logs-step', 'logs-step-failed'],
    visit: fetchEveryStepLog,
  },
  {
    endpoint: 'GET /runs/{id}/logs',
    recordings: ['logs-run-client'],
    visit: async demo =>
      (await findFirstLogId(demo)) ? [await demo.get(buildRunPath(demo, '/logs?source=client'))] : [],
  },
  {
    endpoint: 'GET /artifact_versions/{id}',
    recordings: ['artifact-version'],
    visit: fetchEveryOutput,
  },
  {endpoint: 'GET /projects', recordings: ['projects'], visit: fetchOne('/projects?hydrate=true')},
  {endpoint: 'GET /projects/{name}', recordings: ['project-default'], visit: fetchOne('/projects/default')},
  {endpoint: 'GET /info', recordings: ['info'], visit: fetchOne('/info')},
  {endpoint: 'GET /current-user', recordings: ['current-user'], visit: fetchOne('/current-user')},
];

for (const {endpoint, recordings, visit, added, absent} of cases) {
  test(`${endpoint} has the same fields and types as a real server`, async () => {
    const realShape = getShape(recordings.map(name => readRecorded(name).body));
    const responses = await collectResponses(visit);
    assert.ok(responses.length > 0);
    const demoShape = getShape(responses);
    assert.deepEqual(
      {
        invented: findSurplus(demoShape, realShape, [...unusedByRecorded, ...(added ? [added] : [])]),
        missing: findSurplus(realShape, demoShape, [...neverNullInDemo, ...(absent ? [absent] : [])]),
      },
      {invented: [], missing: []},
    );
  });
}
