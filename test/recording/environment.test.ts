import assert from 'node:assert/strict';
import {describe, test} from 'vitest';
import {decodeStepConfig} from '../../src/api/decode/step-config.js';
import {findDifferences} from '../../src/domain/cache/difference.js';
import {toRunId} from '../../src/domain/ids.js';
import {buildConfigRecord} from '../../src/format/detail/config-record.js';
import {readRecording} from '../../src/recording/read-recording.js';
import {startRecorder} from '../../src/recording/recorder.js';
import {aDetail} from '../support/builders.js';
import {createHandClock} from '../support/hand-clock.js';
import {buildExchange} from './support/exchanges.js';
import {createMemoryFile} from './support/memory-file.js';

/** Records these bodies, one a second; returns the text of the file and the bodies as they are read from it. */
const record = async (...bodies: readonly unknown[]) => {
  const file = createMemoryFile();
  const clock = createHandClock();
  const recorder = startRecorder({
    ...{file, limitBytes: 1_000_000, now: clock.now, after: clock.after},
    zentopVersion: '1.2.3',
    serverUrl: 'https://zenml.example.org',
    onStop: stop => assert.fail(JSON.stringify(stop)),
  });
  recorder.addRun(toRunId('11111111-1111-4111-8111-111111111111'));
  bodies.forEach((body, second) => {
    recorder.addExchange(buildExchange(second, body));
  });
  await recorder.close();
  const result = readRecording(file.bytes());
  assert.ok(result.ok, JSON.stringify(result));
  const values = result.recording.exchanges.map(({outcome}) =>
    outcome.kind === 'response' ? outcome.body.value : assert.fail(),
  );
  return {text: file.text(), values};
};

const aConfig = (changes: Readonly<Record<string, unknown>> = {}) => ({
  name: 'trainer',
  environment: {MODE: 'hush-mode', RETRIES: 4321, HF_TOKEN: 'hush-token', NESTED: {a: ['hush-nested']}, EMPTY: null},
  settings: {
    docker: {environment: {REGION: 'hush-region'}, runtime_environment: {ZONE: 'hush-zone'}, dockerfile: 'Dockerfile'},
    'orchestrator.kubernetes': {
      pod_settings: {
        env: [
          {name: 'USER_NAME', value: 'hush-user'},
          {name: 'HOST', valueFrom: {fieldRef: {fieldPath: 'hush-path'}}},
          {unnamed: 'hush-unnamed'},
          'PLAIN=hush-plain',
          'INHERITED',
          4321,
        ],
      },
    },
    'step_operator.vertex': {parameters: {envVars: {LEVEL: 'hush-level'}}},
  },
  ...changes,
});

const aStep = (config: object) => ({id: 'step-1', name: 'trainer', body: {}, metadata: {config}});
const aPage = (...items: readonly unknown[]) => ({index: 1, total: items.length, items});

const aStepDetail = (config: unknown) => aDetail({config: decodeStepConfig(config)});

describe('the environment variables in a recording', () => {
  test('have no values, in lists and elsewhere, however they are nested', async () => {
    const run = {id: 'run-1', metadata: {config: aConfig()}};
    const {text} = await record(aPage(aStep(aConfig())), run, [aConfig()], {environment: ['A=hush-a'], index: 1});
    assert.doesNotMatch(text, /hush|4321/);
    for (const name of ['MODE', 'HF_TOKEN', 'NESTED', 'REGION', 'ZONE', 'USER_NAME', 'HOST', 'PLAIN', 'LEVEL']) {
      assert.ok(text.includes(name), name);
    }
    assert.match(text, /"dockerfile":"Dockerfile"/);
  });

  test('look the same in a replay as live', async () => {
    const config = aConfig();
    const {values} = await record(aStep(config));
    const [step] = values as [ReturnType<typeof aStep>];
    assert.deepEqual(
      buildConfigRecord(aStepDetail(step.metadata.config), undefined),
      buildConfigRecord(aStepDetail(config), undefined),
    );
  });

  test('differ between two attempts in a replay exactly where they differ live', async () => {
    const environments = [
      {SAME: 'a', CHANGED: 'a', NUMBER: 1, GONE: 'c', DSN: 'mysql://ada:one@db.test/runs', API_KEY: 'one'},
      {SAME: 'a', CHANGED: 'b', NUMBER: '1', NEW: 'c', DSN: 'mysql://ada:two@db.test/runs', API_KEY: 'two'},
    ];
    const [then, now] = environments.map(environment => aConfig({environment}));
    const {values} = await record(aStep(then!), aPage(aStep(now!)));
    const [first, second] = values as [ReturnType<typeof aStep>, {items: [ReturnType<typeof aStep>]}];
    const live = findDifferences(aStepDetail(then), aStepDetail(now));
    assert.deepEqual(
      findDifferences(aStepDetail(first.metadata.config), aStepDetail(second.items[0].metadata.config)),
      live,
    );
    assert.deepEqual(
      live.map(difference => 'change' in difference && 'name' in difference && [difference.name, difference.change]),
      [
        ['CHANGED', 'changed'],
        ['GONE', 'gone'],
        ['NEW', 'new'],
        ['NUMBER', 'changed'],
      ],
    );
  });

  test('are not confused with what users have named so, or with facts about a machine', async () => {
    const bodies = [
      {metadata: {config: aConfig({environment: {}, settings: {}, parameters: {environment: {gpu: ['a100']}}})}},
      {metadata: {run_metadata: {env: {gpu: 'a100'}}, client_environment: {environment: 'native', os: 'linux'}}},
      {metadata: {orchestrator_environment: {python_version: '3.12.3'}}},
      {metadata: {data_schema: {properties: {environment: {enum: ['staging', 'prod']}}}, result: {env: {a: 'prod'}}}},
      {body: {inputs: {env: [{id: 'artifact-1'}]}, outputs: {environment: [{id: 'artifact-2'}]}}},
      {
        metadata: {
          steps: {env: aStep({enable_cache: true})},
          step_configurations: {environment: {spec: {source: 'a'}}},
        },
      },
      {environment: 'prod', has_env: true},
    ];
    assert.deepEqual((await record(...bodies)).values, bodies);
  });
});
